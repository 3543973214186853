package io.github.qosrl.core.sim;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the replies of one tick into the metrics that a ping probe reports. */
final class PingWindow {
  private static final Measurement.Layout LAYOUT =
      new Measurement.Layout(
          List.of(
              Metrics.RTT_MEAN,
              Metrics.RTT_MIN,
              Metrics.RTT_P50,
              Metrics.RTT_P95,
              Metrics.RTT_MAX,
              Metrics.RTT_VARIANCE,
              Metrics.JITTER,
              Metrics.LOSS,
              Metrics.PROBES_SENT,
              Metrics.PROBES_RECEIVED,
              Metrics.REPLY_RATE,
              Metrics.REPLY_AGE));

  private final List<DelaySample> replies = new ArrayList<>();
  private double[] rtts = new double[16];
  private int n;
  private double last = Double.NaN;
  private double jitter;
  private double newestAt = Double.NaN;

  void add(DelaySample reply, double rtt, double at) {
    replies.add(reply);
    if (n == rtts.length) {
      rtts = Arrays.copyOf(rtts, 2 * n);
    }
    rtts[n++] = rtt;
    if (!Double.isNaN(last)) {
      jitter += (Math.abs(rtt - last) - jitter) / 16;
    }
    last = rtt;
    newestAt = at;
  }

  /**
   * The metrics of the tick; starts the next.
   *
   * @param seconds how long the tick was
   */
  Measurement take(Instant from, Instant to, int sent, int lost, double seconds, double now) {
    double[] out = new double[LAYOUT.size()];
    writeRtts(out);
    out[7] = n + lost > 0 ? (double) lost / (n + lost) : Double.NaN;
    out[8] = sent;
    out[9] = n;
    out[10] = n / seconds;
    out[11] = Double.isNaN(newestAt) ? Double.NaN : Math.max(0, now - newestAt);
    Measurement window = LAYOUT.of(from, to, out, replies);
    replies.clear();
    n = 0;
    return window;
  }

  private void writeRtts(double[] out) {
    if (n == 0) {
      Arrays.fill(out, 0, 7, Double.NaN);
      return;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += rtts[i];
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (rtts[i] - mean) * (rtts[i] - mean);
    }
    Arrays.sort(rtts, 0, n);
    out[0] = mean;
    out[1] = rtts[0];
    out[2] = rtts[(n - 1) / 2];
    out[3] = rtts[(int) Math.ceil(0.95 * n) - 1];
    out[4] = rtts[n - 1];
    out[5] = squares / n;
    out[6] = jitter;
  }
}
