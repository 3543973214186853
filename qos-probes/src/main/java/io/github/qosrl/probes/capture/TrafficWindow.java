package io.github.qosrl.probes.capture;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts the packets of one window. Thread-safe. Memory is bounded by the number of metrics. */
final class TrafficWindow {
  static final Metric SHARE = Metric.of("traffic.share", Metric.Unit.RATIO);
  static final Metric PROTOCOL_SHARE = Metric.of("traffic.protocol.share", Metric.Unit.RATIO);
  static final Metric PORT_SHARE = Metric.of("traffic.port.share", Metric.Unit.RATIO);
  static final Metric SERVICE_BYTES = Metric.of("traffic.service.bytes", Metric.Unit.BYTES);
  static final Metric PACKET_SIZE = Metric.of("traffic.packet-size", Metric.Unit.BYTES);
  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp", "other");

  private final Set<String> types;
  private final Set<String> services;
  private final Set<Metric> all;
  private final Map<Metric, Double> counts = new HashMap<>();
  private double bytes;
  private double packets;

  /**
   * @param types all traffic types that may come
   * @param services all services that may come
   */
  TrafficWindow(Collection<String> types, Collection<String> services) {
    this.types = new LinkedHashSet<>(types);
    this.services = Set.copyOf(services);
    this.all = Set.copyOf(possible());
  }

  Set<Metric> metrics() {
    return all;
  }

  private Set<Metric> possible() {
    Set<Metric> possible = new LinkedHashSet<>();
    for (String type : types) {
      possible.addAll(
          List.of(Metrics.BYTES_PASSED.in(type), Metrics.PACKETS_PASSED.in(type), SHARE.in(type)));
    }
    for (Direction direction : Direction.values()) {
      possible.add(Metrics.BYTES_PASSED.in(direction));
      possible.add(Metrics.PACKETS_PASSED.in(direction));
    }
    PROTOCOLS.forEach(protocol -> possible.add(PROTOCOL_SHARE.in(protocol)));
    for (PacketFeatures.PortCategory category : PacketFeatures.PortCategory.values()) {
      possible.add(PORT_SHARE.in(label(category)));
    }
    services.forEach(service -> possible.add(SERVICE_BYTES.in(service)));
    possible.add(PACKET_SIZE);
    return possible;
  }

  synchronized void add(PacketFeatures packet) {
    bytes += packet.size();
    packets++;
    count(Metrics.BYTES_PASSED.in(packet.type()), packet.size());
    count(Metrics.PACKETS_PASSED.in(packet.type()), 1);
    packet
        .direction()
        .ifPresent(
            direction -> {
              count(Metrics.BYTES_PASSED.in(direction), packet.size());
              count(Metrics.PACKETS_PASSED.in(direction), 1);
            });
    count(PROTOCOL_SHARE.in(packet.protocol()), packet.size());
    count(PORT_SHARE.in(label(packet.portCategory())), packet.size());
    if (!packet.service().isEmpty()) {
      count(SERVICE_BYTES.in(packet.service()), packet.size());
    }
  }

  private void count(Metric metric, double by) {
    counts.merge(metric, by, Double::sum);
  }

  /**
   * The window's measurement; starts the next window. Counts of traffic types are there even when
   * they are 0, since none passed; shares only if anything passed.
   */
  synchronized Measurement take(Instant from, Instant to) {
    Measurement.Builder m = Measurement.builder(from, to);
    for (Metric metric : all) {
      if (metric.unit() != Metric.Unit.RATIO && !metric.equals(PACKET_SIZE)) {
        m.put(metric, counts.getOrDefault(metric, 0.0));
      }
    }
    if (packets > 0) {
      for (String type : types) {
        share(m, SHARE.in(type), counts.getOrDefault(Metrics.BYTES_PASSED.in(type), 0.0));
      }
      for (Metric metric : all) {
        if (metric.name().equals(PROTOCOL_SHARE.name())
            || metric.name().equals(PORT_SHARE.name())) {
          share(m, metric, counts.getOrDefault(metric, 0.0));
        }
      }
      m.put(PACKET_SIZE, bytes / packets);
    }
    counts.clear();
    bytes = 0;
    packets = 0;
    return m.build();
  }

  private void share(Measurement.Builder m, Metric metric, double part) {
    m.put(metric, bytes > 0 ? Math.min(1, part / bytes) : 0);
  }

  private static String label(PacketFeatures.PortCategory category) {
    return category.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
