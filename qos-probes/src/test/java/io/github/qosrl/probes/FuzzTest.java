package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.capture.CaptureFuzz;
import io.github.qosrl.probes.flows.FlowFuzz;
import io.github.qosrl.probes.fping.FpingFuzz;
import io.github.qosrl.probes.iperf3.Iperf3Fuzz;
import io.github.qosrl.probes.irtt.IrttFuzz;
import io.github.qosrl.probes.ping.PingFuzz;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutations of real output through every parser: no crash, no hang, bounded memory. {@code mvn -pl
 * qos-probes -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dqos.fuzz=1000000}
 * tries a million for each; the ordinary build a tenth.
 */
@Timeout(600)
class FuzzTest {
  private static final int LINES = Integer.getInteger("qos.fuzz", 100_000);
  private static final int REPORTS = LINES / 50;

  private static void fuzz(int count, byte[] sample, Consumer<byte[]> parser) {
    Random random = new Random(20260301);
    for (int i = 0; i < count; i++) {
      byte[] mutated = sample.clone();
      int changes = 1 + random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        int at = random.nextInt(mutated.length);
        switch (random.nextInt(4)) {
          case 0 -> mutated[at] = (byte) random.nextInt(256);
          case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
          default -> {
            int from = random.nextInt(mutated.length);
            int length = Math.min(mutated.length - at, mutated.length - from);
            System.arraycopy(mutated, from, mutated, at, random.nextInt(length + 1));
          }
        }
      }
      parser.accept(mutated);
    }
  }

  private static void fuzz(LineFuzz program) {
    List<byte[]> samples = program.samples();
    samples.forEach(sample -> fuzz(LINES / samples.size(), sample, program::parse));
  }

  @Test
  void pingLines() {
    fuzz(PingFuzz.LINES);
  }

  @Test
  void fpingLines() {
    fuzz(FpingFuzz.LINES);
    fuzz(FpingFuzz.TIMESTAMPS);
  }

  @Test
  void irttLines() {
    fuzz(IrttFuzz.LINES);
  }

  @Test
  void pcapFilesAndPackets() {
    for (byte[] sample : CaptureFuzz.packets()) {
      fuzz(LINES / CaptureFuzz.packets().length, sample, CaptureFuzz::parsePacket);
    }
    fuzz(LINES / 10, CaptureFuzz.file(), CaptureFuzz::readFile);
  }

  @Test
  void packetsOfFlows() {
    List<byte[]> packets = FlowFuzz.packets();
    for (byte[] sample : packets) {
      FlowFuzz meter = new FlowFuzz(1);
      fuzz(LINES / packets.size(), sample, meter::packet);
      assertTrue(meter.flows() <= 4096, meter.flows() + " flows");
    }
    FlowFuzz meter = new FlowFuzz(1);
    long before = used();
    fuzz(LINES / 10, packets.get(0), meter::packet);
    assertTrue(used() - before < 20_000_000, "memory grows with the flows");
  }

  @Test
  void iperf3Reports() {
    fuzz(REPORTS, Iperf3Fuzz.sample(), Iperf3Fuzz::parse);
  }

  @Test
  void processOutputThatNeverEndsItsLines() {
    long before = used();
    PingFuzz.LINES.endlessLine();
    assertTrue(used() - before < 20_000_000, "memory grows with the line");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
