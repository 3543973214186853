package io.github.qosrl.core.sim;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the replies of one tick into the metrics that a ping probe reports. */
final class PingWindow {
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

  /** The replies of the tick so far, oldest first. */
  List<DelaySample> replies() {
    return replies;
  }

  /** Writes the metrics of the tick, and starts the next. */
  void writeTo(Measurement.Builder out, int sent, int lost, double seconds, double now) {
    if (n > 0) {
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
      out.put(Metrics.RTT_MEAN, mean)
          .put(Metrics.RTT_MIN, rtts[0])
          .put(Metrics.RTT_P50, rtts[(n - 1) / 2])
          .put(Metrics.RTT_P95, rtts[(int) Math.ceil(0.95 * n) - 1])
          .put(Metrics.RTT_MAX, rtts[n - 1])
          .put(Metrics.RTT_VARIANCE, squares / n)
          .put(Metrics.JITTER, jitter);
    }
    if (n + lost > 0) {
      out.put(Metrics.LOSS, (double) lost / (n + lost));
    }
    out.put(Metrics.PROBES_SENT, sent)
        .put(Metrics.PROBES_RECEIVED, n)
        .put(Metrics.REPLY_RATE, n / seconds);
    if (!Double.isNaN(newestAt)) {
      out.put(Metrics.REPLY_AGE, Math.max(0, now - newestAt));
    }
    out.delays(replies);
    replies.clear();
    n = 0;
  }
}
