package io.github.qosrl.probes.internal;

import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import java.util.List;

/**
 * The metrics of an echo probe in one scope, made once: a target, a traffic type, or all pooled.
 */
record EchoMetrics(
    SampleStatistics.RttMetrics rtt,
    Metric jitter,
    Metric loss,
    Metric sent,
    Metric received,
    Metric replyRate,
    Metric replyAge) {

  static EchoMetrics of(String scope) {
    return new EchoMetrics(
        SampleStatistics.RttMetrics.of(scope),
        Metrics.JITTER.in(scope),
        Metrics.LOSS.in(scope),
        Metrics.PROBES_SENT.in(scope),
        Metrics.PROBES_RECEIVED.in(scope),
        Metrics.REPLY_RATE.in(scope),
        Metrics.REPLY_AGE.in(scope));
  }

  List<Metric> all() {
    return List.of(
        rtt.mean(),
        rtt.min(),
        rtt.p50(),
        rtt.p95(),
        rtt.max(),
        rtt.variance(),
        jitter,
        loss,
        sent,
        received,
        replyRate,
        replyAge);
  }
}
