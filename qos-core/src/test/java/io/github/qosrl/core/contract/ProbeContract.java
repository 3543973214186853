package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every probe must do. Extend it, and give it a probe that is able to measure.
 *
 * <p>A one-shot probe extends {@link OneShotProbeContract}.
 */
@Timeout(120)
public abstract class ProbeContract {

  /** A new probe that is able to measure. */
  protected abstract Probe probe() throws Exception;

  /** How long a measurement may take. */
  protected Duration timeout() {
    return Duration.ofSeconds(10);
  }

  /** Lets something happen that can be measured. By default nothing. */
  protected void letTimePass() throws Exception {}

  @Test
  void announcesWhatItMayReport() throws Exception {
    try (Probe probe = probe()) {
      assertFalse(probe.metrics().isEmpty(), "a probe without metrics");
    }
  }

  @Test
  void reportsNothingThatItDidNotAnnounce() throws Exception {
    try (Probe probe = probe()) {
      for (int i = 0; i < 3; i++) {
        letTimePass();
        Set<Metric> reported = probe.measure(timeout()).metrics();
        assertTrue(
            probe.metrics().containsAll(reported),
            () -> "announced " + probe.metrics() + ", reported " + reported);
      }
    }
  }

  @Test
  void announcesTheSameMetricsAllTheTime() throws Exception {
    try (Probe probe = probe()) {
      Set<Metric> before = Set.copyOf(probe.metrics());
      letTimePass();
      probe.measure(timeout());
      assertEquals(before, probe.metrics());
    }
  }

  @Test
  void windowsDoNotOverlap() throws Exception {
    try (Probe probe = probe()) {
      letTimePass();
      Measurement first = probe.measure(timeout());
      letTimePass();
      Measurement second = probe.measure(timeout());
      assertFalse(
          second.from().isBefore(first.to()),
          "window from " + second.from() + " overlaps with the one to " + first.to());
    }
  }

  @Test
  void singleRepliesAreOldestFirstAndWithinTheWindow() throws Exception {
    try (Probe probe = probe()) {
      letTimePass();
      Measurement window = probe.measure(timeout());
      Instant last = window.from();
      for (DelaySample reply : window.delays()) {
        assertFalse(reply.receivedAt().isBefore(last), "out of order: " + window.delays());
        last = reply.receivedAt();
      }
      assertFalse(last.isAfter(window.to()), "a reply after the end of " + window);
    }
  }

  @Test
  void anInterruptEndsTheCallAndTheProbeStaysUsable() throws Exception {
    try (Probe probe = probe()) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> probe.measure(timeout()));
      letTimePass();
      assertDoesNotThrow(() -> probe.measure(timeout()));
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aClosedProbeSaysSo() throws Exception {
    Probe probe = probe();
    probe.close();
    ProbeException e = assertThrows(ProbeException.class, () -> probe.measure(timeout()));
    assertFalse(String.valueOf(e.getMessage()).isBlank(), "no message");
  }

  @Test
  void closingAgainDoesNothing() throws Exception {
    Probe probe = probe();
    probe.close();
    assertDoesNotThrow(probe::close);
  }

  @Test
  void anotherThreadMayClose() throws Exception {
    try (Probe probe = probe()) {
      letTimePass();
      probe.measure(timeout());
      Background.run(probe::close).join();
      assertThrows(ProbeException.class, () -> probe.measure(timeout()));
    }
  }
}
