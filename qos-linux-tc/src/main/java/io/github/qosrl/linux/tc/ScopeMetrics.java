package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import java.util.List;

/** The metrics of what one qdisc or class counts, made once. */
record ScopeMetrics(
    Metric bytes,
    Metric packets,
    Metric drops,
    Metric overlimits,
    Metric backlog,
    Metric backlogPackets) {

  static ScopeMetrics of(String scope) {
    return new ScopeMetrics(
        Metrics.BYTES_PASSED.in(scope),
        Metrics.PACKETS_PASSED.in(scope),
        Metrics.DROPS.in(scope),
        Metrics.OVERLIMITS.in(scope),
        Metrics.BACKLOG.in(scope),
        Metrics.BACKLOG_PACKETS.in(scope));
  }

  List<Metric> all() {
    return List.of(bytes, packets, drops, overlimits, backlog, backlogPackets);
  }

  void put(Measurement.Builder window, Counters c) {
    window
        .put(bytes, (double) c.bytes())
        .put(packets, (double) c.packets())
        .put(drops, (double) c.drops())
        .put(overlimits, (double) c.overlimits())
        .put(backlog, (double) c.backlog())
        .put(backlogPackets, (double) c.queued());
  }
}
