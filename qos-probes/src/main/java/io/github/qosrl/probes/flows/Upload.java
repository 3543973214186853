package io.github.qosrl.probes.flows;

/**
 * One flow's data in the upload: what of it was acknowledged, and how long that took.
 *
 * <p>Data and acknowledgements are matched by sequence number, since the echo of a timestamp is
 * that of the earliest segment of a delayed acknowledgement. Not of data that was sent again (Karn,
 * RFC 6298, section 3), and not where there is a hole: what lies beyond it is acknowledged when the
 * hole is closed.
 *
 * <p>A receiver may hold back its acknowledgement of a single segment, but not of a second one (RFC
 * 9293, section 3.8.6.3; Linux for {@value #DELAYED_MILLIS} ms, TCP_DELACK_MIN); and for no longer
 * than since its last acknowledgement, which would have covered the segment had it been there. What
 * may have been held back counts less that time, and only if nothing better is known.
 *
 * <p>Times are nanoseconds. Not thread-safe.
 */
final class Upload {
  private static final int DELAYED_MILLIS = 40;
  private static final double DELAYED = DELAYED_MILLIS * 1e6;

  /** Sequence numbers further apart than this belong to no one flow. */
  private static final int FAR = 1 << 30;

  /** Acknowledgements that overtake the data on their way to us go no further ahead. */
  private static final int AHEAD = 1 << 20;

  /** Data that was sent so long ago is acknowledged no more. */
  private static final long LONGEST = 60_000_000_000L;

  /** How long a delay that is known to be prompt stands for the flow. */
  private static final long PROMPT_LASTS = 1_000_000_000;

  /** A usual tick of senders' clocks: what waited in the download is known to that. */
  private static final double TICK = 1e6;

  /** What was held back for no longer counts as prompt; also of pairs that come so closely. */
  private static final double PAIR = 4e6;

  /** A usual segment with timestamps, if only longer ones were seen, which a card cuts up. */
  private static final int USUAL_SEGMENT = 1448;

  private static final int LONGEST_SEGMENT = 1500;

  private final SentTimes sent = new SentTimes();
  private final DelayFloor roundTrips = new DelayFloor(false);
  private final DelayFloor oneWays = new DelayFloor(false);
  final Recent recentRoundTrips = new Recent();
  final Recent recentOneWays = new Recent();
  private boolean sending;
  private int next;
  private boolean acknowledged;
  private int unacknowledged;
  private int delivered;
  private boolean hole;
  private int edge;
  private boolean guarded;
  private int guard;
  private int segment;
  private double headers;
  private long lastAck;
  private long lastPrompt;
  private long since;
  private double delay;
  private double heldBack;

  void clear() {
    sent.clear();
    roundTrips.clear();
    oneWays.clear();
    recentRoundTrips.clear();
    recentOneWays.clear();
    sending = false;
    acknowledged = false;
    hole = false;
    guarded = false;
    segment = 0;
    delay = 0;
    lastPrompt = Long.MIN_VALUE / 2;
  }

  /** Whether data was seen that it sends. */
  boolean isSending() {
    return sending;
  }

  /** Whether acknowledgements of it come by here. */
  boolean isAcknowledged() {
    return acknowledged;
  }

  boolean hasHole() {
    return hole;
  }

  /** Since when it has been looked at. */
  long since() {
    return since;
  }

  /** The connection begins: its first acknowledgement comes at once. */
  void syn(int sequence, long time) {
    clear();
    since = time;
    sending = true;
    next = sequence + 1;
    sent.add(sequence, next, time, 0);
    acknowledged = true;
    unacknowledged = sequence;
    delivered = sequence + 1;
    lastAck = time;
  }

  /**
   * Data passes.
   *
   * @param overhead bytes of all headers of the packet
   * @return whether it has passed before
   */
  boolean data(int start, int bytes, int overhead, long time) {
    int end = start + bytes;
    if (bytes <= LONGEST_SEGMENT) {
      segment = Math.max(segment, bytes);
    }
    headers = overhead;
    if (!sending || end - next > FAR || next - end > FAR) {
      clear();
      segment = Math.min(bytes, LONGEST_SEGMENT);
      since = time;
      sending = true;
    } else if (end - next <= 0) {
      boolean keepAlive = bytes <= 1 && acknowledged && end - unacknowledged <= 0;
      if (!keepAlive) {
        guard(hole && edge - end > 0 ? edge : next);
      }
      return !keepAlive;
    }
    sent.add(start, end, time, (long) (delay / 48));
    next = end;
    return false;
  }

  /** No delay is told of what lies below. */
  private void guard(int below) {
    guard = guarded && guard - below > 0 ? guard : below;
    guarded = true;
  }

  /**
   * An acknowledgement comes.
   *
   * @param sackBytes bytes beyond holes that it reports
   * @param sackEdge where these end
   * @return bytes that have arrived since the last one
   */
  int acknowledge(int ack, int sackBytes, int sackEdge, long time) {
    boolean possible = sending && ack - next <= AHEAD && next - ack <= FAR;
    if (!possible) {
      return 0;
    }
    int beyond = sackBytes > 0 && sackEdge - next <= AHEAD ? sackBytes : 0;
    if (!acknowledged) {
      acknowledged = true;
      unacknowledged = ack;
      delivered = ack + beyond;
      lastAck = time;
      return 0;
    }
    if (ack - unacknowledged < 0) {
      return 0;
    }
    hole = beyond > 0;
    if (hole) {
      edge = sackEdge;
      guard(edge);
    }
    int progress = Math.max(0, ack + beyond - delivered);
    delivered += progress;
    return progress;
  }

  /**
   * How long the data took that an acknowledgement is for; to be called after {@link #acknowledge}.
   *
   * @param pure whether the packet carries nothing else
   * @param sampled whether acknowledgements may have passed unseen
   * @return -1 if that cannot be told
   */
  double roundTrip(int ack, long time, boolean pure, boolean sampled) {
    int advance = ack - unacknowledged;
    if (!acknowledged || advance <= 0 || ack - next > 0) {
      return -1;
    }
    long elapsed = time - lastAck;
    unacknowledged = ack;
    lastAck = time;
    if (hole || guarded) {
      // The first that goes beyond may jump there from the hole.
      guarded = hole || ack - guard <= 0;
      return -1;
    }
    long at = sent.sentAt(ack);
    if (at < 0 || time < at || time - at > LONGEST) {
      return -1;
    }
    boolean prompt = pure && isPrompt(advance, elapsed, sampled);
    heldBack = prompt ? 0 : Math.min(DELAYED, elapsed);
    if (heldBack < PAIR) {
      lastPrompt = time;
    }
    delay = time - at;
    return delay;
  }

  private boolean isPrompt(int advance, long elapsed, boolean sampled) {
    boolean first = advance == 1 && roundTrips.isEmpty();
    int full = segment > 0 ? segment : USUAL_SEGMENT;
    return first || (sampled ? 2.0 * full * elapsed < PAIR * advance : advance > full);
  }

  /** Whether nothing is known yet of the smallest delay. */
  boolean isFresh() {
    return roundTrips.isEmpty();
  }

  /** Says how long the data waited that was just acknowledged, by what other flows tell. */
  void lend(long time, double waited) {
    roundTrips.lend(time, delay - waited);
  }

  /** The same of the upload alone. */
  void lendOneWay(long time, double down, double waited) {
    oneWays.lend(time, delay - down - waited);
  }

  /** Adds the last round trip to what is known; its excess, or NaN if better is known. */
  double settle(long time) {
    roundTrips.add(time, delay);
    return counts(time) ? roundTrips.excess(time, delay - heldBack) : Double.NaN;
  }

  /**
   * The same of the upload alone. The smallest round trip, from the handshake on, bounds what its
   * empty upload takes: a one-way delay may never have been seen without a queue.
   *
   * @param down how long the acknowledgement waited in the download
   */
  double settleOneWay(long time, double down) {
    oneWays.add(time, delay - down);
    if (!counts(time)) {
      return Double.NaN;
    }
    double certain = delay - heldBack;
    double byRoundTrip = roundTrips.excess(time, certain) - down - TICK;
    return Math.max(byRoundTrip, oneWays.excess(time, certain - down));
  }

  private boolean counts(long time) {
    return heldBack < PAIR || time - lastPrompt > PROMPT_LASTS;
  }

  boolean isFreshOneWay() {
    return oneWays.isEmpty();
  }

  /** Bytes on the wire for each byte of payload. */
  double wirePerPayload() {
    int full = segment > 0 ? segment : USUAL_SEGMENT;
    return 1 + headers / full;
  }
}
