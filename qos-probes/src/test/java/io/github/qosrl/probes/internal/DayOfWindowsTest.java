package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A day of windows, with losses, late replies and restarts: memory stays flat. */
class DayOfWindowsTest {
  private static final int SECONDS = 86_400;

  @Test
  void memoryStaysFlat() {
    VirtualClock clock = new VirtualClock();
    EchoOptions options = EchoOptions.of("a:dns", "b:web", "c", "d");
    EchoWindows windows = new EchoWindows(options, EchoProbe.Sight.ROUND_TRIP, clock);
    windows.activate(options.targets());
    Random random = new Random(1);
    long early = 0;
    for (int second = 0; second < SECONDS; second++) {
      for (int i = 0; i < 5; i++) {
        clock.advance(Duration.ofMillis(200));
        send(windows, options.targets(), 5L * second + i, clock, random);
      }
      List<TargetHealth> health = new ArrayList<>();
      windows.take(health, false);
      early = second == SECONDS / 10 ? used() : early;
    }
    long late = used();
    assertTrue(late - early < 1_000_000, "grew by " + (late - early) + " bytes");
  }

  private static void send(
      EchoWindows windows, List<Target> targets, long seq, VirtualClock clock, Random random) {
    for (Target target : targets) {
      windows.sent(target, seq, clock.now());
      if (random.nextInt(20) > 0) {
        windows.replied(target, seq, clock.now(), 1_000_000L * (10 + random.nextInt(50)));
      }
      if (random.nextInt(20_000) == 0) {
        windows.started(target);
      }
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
