package io.github.qosrl.probes.iperf3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code iperf3 -J} printed (iperf 3.1 to 3.19). Parsing is pure.
 *
 * @param error what went wrong; empty if nothing did
 * @param forward from the client to the server or, in a reverse test, the other way; empty if the
 *     test did not get that far
 * @param backward the other direction of a bidirectional test
 */
record Iperf3Report(String error, Optional<Flow> forward, Optional<Flow> backward) {

  /**
   * One direction of a test.
   *
   * @param bitsPerSecond what the receiver got
   * @param bytes what the receiver got
   * @param loss part of the datagrams, or of the segments, that were lost
   * @param jitter seconds, of a UDP test
   * @param rtt the mean round-trip time in seconds that TCP saw, where the client was the sender
   */
  record Flow(
      double bitsPerSecond,
      double bytes,
      OptionalDouble loss,
      OptionalDouble jitter,
      OptionalDouble rtt) {}

  private static final int DEFAULT_SEGMENT = 1448;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(50)
                      .maxStringLength(1 << 20)
                      .build())
              .build());

  /**
   * Reads a report.
   *
   * @throws IllegalArgumentException if the text is not one
   */
  static Iperf3Report parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (root == null || !root.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    JsonNode end = root.path("end");
    double segment = root.path("start").path("tcp_mss_default").asDouble(DEFAULT_SEGMENT);
    OptionalDouble rtt = seconds(end.path("streams").path(0).path("sender").path("mean_rtt"), 1e-6);
    return new Iperf3Report(
        root.path("error").asText(""),
        flow(end, "", segment, rtt),
        flow(end, "_bidir_reverse", segment, OptionalDouble.empty()));
  }

  private static Optional<Flow> flow(
      JsonNode end, String suffix, double segment, OptionalDouble rtt) {
    JsonNode received = end.path("sum_received" + suffix);
    JsonNode sum = end.path("sum" + suffix);
    JsonNode of = received.has("bits_per_second") ? received : sum;
    double rate = of.path("bits_per_second").asDouble(Double.NaN);
    double bytes = of.path("bytes").asDouble(Double.NaN);
    if (!(rate >= 0) || Double.isInfinite(rate) || !(bytes >= 0)) {
      return Optional.empty();
    }
    boolean udp = sum.has("lost_percent");
    OptionalDouble loss =
        udp
            ? ratio(sum.path("lost_packets").asDouble(Double.NaN), sum.path("packets").asDouble())
            : ratio(
                end.path("sum_sent" + suffix).path("retransmits").asDouble(Double.NaN),
                end.path("sum_sent" + suffix).path("bytes").asDouble() / Math.max(1, segment));
    return Optional.of(
        new Flow(
            rate,
            bytes,
            loss,
            udp ? seconds(sum.path("jitter_ms"), 1e-3) : OptionalDouble.empty(),
            rtt));
  }

  private static OptionalDouble ratio(double part, double whole) {
    return part >= 0 && whole > 0
        ? OptionalDouble.of(Math.min(1, part / whole))
        : OptionalDouble.empty();
  }

  private static OptionalDouble seconds(JsonNode node, double unit) {
    double value = node.asDouble(Double.NaN) * unit;
    return value > 0 && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
