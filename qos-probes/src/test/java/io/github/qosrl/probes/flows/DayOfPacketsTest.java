package io.github.qosrl.probes.flows;

import static io.github.qosrl.probes.flows.FlowScene.MS;
import static io.github.qosrl.probes.flows.FlowScene.SECOND;
import static io.github.qosrl.probes.flows.FlowScene.SEGMENT;
import static io.github.qosrl.probes.flows.FlowScene.START;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.flows.FlowScene.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A day of flows that come and go, some of them by the thousand: memory stays flat. */
class DayOfPacketsTest {
  private static final int SECONDS = 86_400;

  @Test
  void memoryStaysFlat() {
    FlowScene scene = new FlowScene();
    Random random = new Random(1);
    long early = 0;
    for (int second = 0; second < SECONDS; second++) {
      boolean crowd = second % 3600 < 20;
      for (int i = 0; i < (crowd ? 1000 : 8); i++) {
        long t = START + second * SECOND + i * MS;
        int flow = crowd ? random.nextInt(1 << 19) : second / 60 * 7 + random.nextInt(3);
        int sequence = second * 20_000 + i * SEGMENT;
        scene.download(t, t + 20 * MS, flow, sequence, Clock.LINUX);
        scene.upload(t, flow, sequence, SEGMENT);
        scene.ack(t + MS, flow, sequence + SEGMENT);
      }
      scene.take(START + (second + 1) * SECOND);
      early = second == SECONDS / 10 ? used() : early;
    }
    long late = used();
    assertTrue(late - early < 1_000_000, "grew by " + (late - early) + " bytes");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
