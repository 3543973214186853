package io.github.qosrl.examples.lab;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.report.DelaySummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** The delay that the user feels: a ping from the client to the server. Not thread-safe. */
final class LabDelay implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Probe ping;
  private double baseline = Double.POSITIVE_INFINITY;
  private double[] inflations = new double[1024];
  private int count;
  private double sent;
  private double lost;

  private LabDelay(Probe ping) {
    this.ping = ping;
  }

  static LabDelay open(Host client) throws QosException, InterruptedException {
    Settings settings =
        Settings.of("ping", Map.of("targets", LabNetwork.SERVER, "interval", "100ms"));
    return new LabDelay(Plugins.probes().require("ping").create(client, settings));
  }

  /**
   * What came so far came over an idle path: the least of it is the baseline.
   *
   * @param patience how long to wait for the first reply where the machine is busy
   */
  void takeBaseline(Duration patience) throws QosException, InterruptedException {
    MonotonicClock clock = MonotonicClock.system();
    Instant deadline = clock.now().plus(patience);
    while (true) {
      for (DelaySample sample : ping.measure(TIMEOUT).delays()) {
        baseline = Math.min(baseline, seconds(sample));
      }
      if (Double.isFinite(baseline)) {
        return;
      }
      if (clock.now().isAfter(deadline)) {
        throw new QosException("the laboratory's server does not answer pings");
      }
      clock.sleepUntil(clock.now().plus(PAUSE));
    }
  }

  /**
   * Reads what came since the last call.
   *
   * @param measured whether it counts
   * @return the mean inflation in seconds; NaN if no reply came
   */
  double read(boolean measured) throws QosException, InterruptedException {
    Measurement window = ping.measure(TIMEOUT);
    double sum = 0;
    for (DelaySample sample : window.delays()) {
      double inflation = Math.max(0, seconds(sample) - baseline);
      sum += inflation;
      if (measured) {
        add(inflation);
      }
    }
    if (measured) {
      double windowSent = window.orElse(Metrics.PROBES_SENT, 0);
      sent += windowSent;
      lost += window.orElse(Metrics.LOSS, 0) * windowSent;
    }
    return window.delays().isEmpty() ? Double.NaN : sum / window.delays().size();
  }

  private void add(double inflation) {
    if (count == inflations.length) {
      inflations = Arrays.copyOf(inflations, 2 * count);
    }
    inflations[count++] = inflation;
  }

  private static double seconds(DelaySample sample) {
    return sample.rtt().toNanos() / 1e9;
  }

  /** All that counted. */
  DelaySummary summary() {
    return DelaySummary.of(Arrays.copyOf(inflations, count));
  }

  /** Part of the pings that were lost, of those that counted. */
  double loss() {
    return sent > 0 ? Math.min(1, lost / sent) : Double.NaN;
  }

  @Override
  public void close() {
    ping.close();
  }
}
