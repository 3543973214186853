package io.github.qosrl.probes.internal;

import io.github.qosrl.core.Measurement;
import java.util.Arrays;
import java.util.List;

/**
 * What became known about one target, or several pooled, within one window.
 *
 * @param sent packets sent
 * @param received answers received, late ones included, duplicates not
 * @param answered packets answered before they counted as lost
 * @param lost packets that came to count as lost
 * @param rtts round-trip times in seconds; not copied
 * @param jitter seconds; not a number if unknown
 * @param lastReplyAt nanoseconds; {@code Long.MIN_VALUE} if there never was one
 */
record EchoWindow(
    int sent,
    int received,
    int answered,
    int lost,
    double[] rtts,
    double jitter,
    long lastReplyAt) {

  /**
   * Several targets as one: counts and samples add up, jitter is the mean of those that have it.
   */
  static EchoWindow pool(List<EchoWindow> windows) {
    int sent = 0;
    int received = 0;
    int answered = 0;
    int lost = 0;
    double[] rtts = {};
    double jitters = 0;
    int withJitter = 0;
    long lastReplyAt = Long.MIN_VALUE;
    for (EchoWindow w : windows) {
      sent += w.sent;
      received += w.received;
      answered += w.answered;
      lost += w.lost;
      if (w.rtts.length > 0) {
        int n = rtts.length;
        rtts = Arrays.copyOf(rtts, n + w.rtts.length);
        System.arraycopy(w.rtts, 0, rtts, n, w.rtts.length);
        if (!Double.isNaN(w.jitter)) {
          jitters += w.jitter;
          withJitter++;
        }
      }
      lastReplyAt = Math.max(lastReplyAt, w.lastReplyAt);
    }
    double jitter = withJitter == 0 ? Double.NaN : jitters / withJitter;
    return new EchoWindow(sent, received, answered, lost, rtts, jitter, lastReplyAt);
  }

  /** Adds the metrics that this window has. */
  void addTo(Measurement.Builder m, EchoMetrics metrics, long now, double seconds) {
    m.put(metrics.sent(), sent).put(metrics.received(), received);
    if (rtts.length > 0) {
      SampleStatistics.of(rtts, rtts.length).addTo(m, metrics.rtt());
      if (!Double.isNaN(jitter)) {
        m.put(metrics.jitter(), jitter);
      }
    }
    if (answered + lost > 0) {
      m.put(metrics.loss(), (double) lost / (answered + lost));
    }
    if (seconds > 0) {
      m.put(metrics.replyRate(), received / seconds);
    }
    if (lastReplyAt != Long.MIN_VALUE) {
      m.put(metrics.replyAge(), Math.max(0, now - lastReplyAt) * 1e-9);
    }
  }
}
