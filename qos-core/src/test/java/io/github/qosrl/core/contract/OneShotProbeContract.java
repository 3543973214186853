package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every probe must do whose measurements take their time. */
public abstract class OneShotProbeContract extends ProbeContract {

  /** A new probe whose next measurement takes many seconds. */
  protected abstract Probe slowProbe() throws Exception;

  @Test
  void closingEndsAMeasurementInProgress() throws Exception {
    try (Probe probe = slowProbe()) {
      Background measuring = Background.run(() -> probe.measure(Duration.ofSeconds(60)));
      measuring.awaitBlocked();
      probe.close();
      assertInstanceOf(ProbeException.class, measuring.failure());
    }
  }

  @Test
  void anInterruptEndsAMeasurementInProgress() throws Exception {
    try (Probe probe = slowProbe()) {
      Background measuring = Background.run(() -> probe.measure(Duration.ofSeconds(60)));
      measuring.awaitBlocked();
      measuring.interrupt();
      assertInstanceOf(InterruptedException.class, measuring.failure());
    }
  }

  @Test
  void aMeasurementThatTakesTooLongIsAFailure() throws Exception {
    try (Probe probe = slowProbe()) {
      Background measuring = Background.run(() -> probe.measure(Duration.ofMillis(200)));
      assertInstanceOf(ProbeException.class, measuring.failure());
    }
  }
}
