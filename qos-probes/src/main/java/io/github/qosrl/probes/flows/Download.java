package io.github.qosrl.probes.flows;

/**
 * One flow's data in the download: what of it was sent again, and whether something is missing.
 *
 * <p>A packet that comes late was either sent again or overtaken. By its timestamp, if it has one,
 * it was sent again if that was after the packet beyond it (the reasoning of RFC 3522, from the
 * other end); else if the hole has been there for long. Holes are what the receiver reports (RFC
 * 2018), since not every packet need be seen.
 *
 * <p>Times are nanoseconds. Not thread-safe.
 */
final class Download {
  private static final int FAR = 1 << 30;

  /** Packets are not overtaken by more than that, as a rule. */
  private static final long OVERTAKEN = 5_000_000;

  /** A hole that the receiver has not mentioned for so long, although data came, is closed. */
  private static final long MENTIONED = 20_000_000;

  private boolean receiving;
  private int next;
  private int newestTimestamp;
  private boolean hole;
  private long holeSince;
  private long mentioned;

  void clear() {
    receiving = false;
    hole = false;
  }

  boolean hasHole() {
    return hole;
  }

  /**
   * Data comes.
   *
   * @param interval about how much time passes until the receiver's next report would be seen
   * @return whether it was sent again
   */
  boolean data(int start, int bytes, boolean stamped, int timestamp, long time, long interval) {
    int end = start + bytes;
    hole &= time - mentioned <= MENTIONED + interval;
    boolean late = receiving && start - next < 0;
    if (!receiving || Math.abs(end - next) > FAR || end - next > 0) {
      receiving = true;
      next = end;
      newestTimestamp = timestamp;
    }
    if (!late || bytes <= 1) {
      return false;
    }
    int after = timestamp - newestTimestamp;
    boolean longSince = hole && time - holeSince > OVERTAKEN;
    return stamped ? after > 0 || after == 0 && longSince : longSince;
  }

  /** The receiver reports that something is missing. */
  void missing(long time) {
    if (!hole) {
      holeSince = time;
    }
    hole = true;
    mentioned = time;
  }
}
