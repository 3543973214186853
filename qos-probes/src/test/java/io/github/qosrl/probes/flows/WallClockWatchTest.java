package io.github.qosrl.probes.flows;

import static io.github.qosrl.probes.flows.FlowScene.MS;
import static io.github.qosrl.probes.flows.FlowScene.SECOND;
import static io.github.qosrl.probes.flows.FlowScene.START;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WallClockWatchTest {
  private final WallClockWatch watch = new WallClockWatch();

  private boolean packet(long captured, long read) {
    return watch.wasSet(captured, Instant.ofEpochSecond(0, read));
  }

  @Test
  void packetsThatTakeTheirTimeToUsAreNoStep() {
    Random random = new Random(1);
    long captured = START;
    for (int i = 0; i < 100_000; i++) {
      captured += 2 * MS;
      assertFalse(packet(captured, captured + random.nextInt(200) * MS), "packet " + i);
    }
  }

  @Test
  void aClockThatIsSlewedIsNoStep() {
    for (long i = 0; i < 3600; i++) {
      long read = START + i * SECOND;
      assertFalse(packet(read + i * 500_000, read), "second " + i);
    }
  }

  @Test
  void aClockThatIsSetForwardIsNoticedOnce() {
    assertFalse(packet(START, START + 5 * MS));
    assertTrue(packet(START + SECOND + 900 * MS, START + SECOND + 5 * MS));
    assertFalse(packet(START + 2 * SECOND + 900 * MS, START + 2 * SECOND + 5 * MS));
  }

  @Test
  void aClockThatIsSetBackIsNoticedOnce() {
    assertFalse(packet(START, START + 5 * MS));
    assertTrue(packet(START - 3600 * SECOND, START + 10 * MS));
    assertFalse(packet(START - 3599 * SECOND, START + SECOND));
  }
}
