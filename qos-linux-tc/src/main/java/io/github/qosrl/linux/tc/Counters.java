package io.github.qosrl.linux.tc;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a qdisc or a class has counted since it was made.
 *
 * @param bytes bytes that left it
 * @param packets packets that left it
 * @param drops packets it dropped
 * @param overlimits times it held a packet back
 * @param backlog bytes that wait in it now
 * @param queued packets that wait in it now
 */
record Counters(long bytes, long packets, long drops, long overlimits, long backlog, long queued) {

  static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);

  /** Reads the fields that {@code tc -j -s} prints for every qdisc. */
  static Counters of(JsonNode json) {
    return new Counters(
        json.path("bytes").asLong(),
        json.path("packets").asLong(),
        json.path("drops").asLong(),
        json.path("overlimits").asLong(),
        json.path("backlog").asLong(),
        json.path("qlen").asLong());
  }

  /**
   * What was counted since an earlier reading; the backlog is the present one. A counter that went
   * back was reset, so all it shows was counted since.
   */
  Counters since(Counters earlier) {
    return new Counters(
        step(earlier.bytes, bytes),
        step(earlier.packets, packets),
        step(earlier.drops, drops),
        step(earlier.overlimits, overlimits),
        backlog,
        queued);
  }

  private static long step(long from, long to) {
    return to >= from ? to - from : to;
  }
}
