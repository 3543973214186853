package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;

/**
 * Which of two controlled directions has made the queue that a delay shows, and how much of it.
 *
 * <p>The delay is that of both ways together. Five things tell them apart. While download packets
 * wait in our own shaper ({@link BottleneckPlace}) the queue is the upload's. A queue of the
 * download that is seen to drain is the download's, and so is one while as much arrives as its
 * capacity was. The upload answers for what it has sent beyond its known capacity ({@link
 * UploadQueue}), and for all that the link holds back without a loss of ours. If its cut has not
 * made the queue shorter, it is innocent for a while; a download whose cut tells as much waits in
 * our shaper, and is not to blame anyway.
 */
final class Blame {
  /** With less than this part of what the other carries, it may be acknowledgements alone. */
  private static final double POSSIBLE_SHARE = 0.06;

  /** As much arrives as the capacity was known to be. */
  private static final double SATURATED = 0.97;

  /** The upload explains a delay of which it made this part, and is to blame from there on. */
  private static final double EXPLAINED = 0.6;

  private static final double LEAST_QUEUE = 0.002;

  private final ReceiveRateDirection down;
  private final ReceiveRateDirection up;
  private double inflation;
  private double explained;
  private boolean downCarries;
  private boolean upCarries;
  private boolean downGuilty;
  private boolean upGuilty;

  Blame(ReceiveRateDirection down, ReceiveRateDirection up) {
    this.down = down;
    this.up = up;
  }

  /** Judges a delay inflation in seconds, NaN if there is none. */
  void judge(double seconds) {
    inflation = seconds;
    explained = Double.isNaN(seconds) ? 0 : Math.min(seconds, up.queueMade());
    downCarries = carries(down, up);
    upCarries = carries(up, down);
    downGuilty = downCarries && (!upCarries || downIsToBlame());
    upGuilty = upCarries && (!downCarries || upIsToBlame());
  }

  /** Whether both directions carry enough to fill a queue, by the last tick. */
  boolean isShared() {
    return downCarries && upCarries;
  }

  private static boolean carries(ReceiveRateDirection side, ReceiveRateDirection other) {
    return side.traffic().rate() > POSSIBLE_SHARE * other.traffic().rate();
  }

  private boolean downIsToBlame() {
    if (down.place().isHere()) {
      return false;
    }
    return up.isInnocent() || saturated() || explained < EXPLAINED * inflation;
  }

  private boolean upIsToBlame() {
    if (down.place().isHere()) {
      return true;
    }
    if (up.isInnocent()) {
      return false;
    }
    return !up.known().isKnown()
        || explained > LEAST_QUEUE
        || (up.place().isOpen() && !saturated());
  }

  private boolean saturated() {
    return down.place().isBeyond()
        || (!down.place().isHere() && down.traffic().rate() > SATURATED * down.known().rate());
  }

  /**
   * What a direction is charged with.
   *
   * @param direction one of the two
   * @param noise of the idle link, in seconds
   * @param packetTime what a full packet of the other direction takes at its present rate, in
   *     seconds: it delays replies too
   */
  Charge against(Direction direction, double noise, double packetTime) {
    boolean isDown = direction == Direction.DOWNLOAD;
    boolean guilty = isDown ? downGuilty : upGuilty;
    boolean shared = isDown ? upCarries : downCarries;
    return new Charge(
        share(direction),
        shared ? noise + ReceiveRateDirection.PACKETS * packetTime : noise,
        guilty,
        guilty && downGuilty != upGuilty,
        !shared || (isDown && up.isInnocent()));
  }

  private double share(Direction direction) {
    if (!upCarries || !downCarries || down.place().isHere()) {
      return inflation;
    }
    if (direction == Direction.UPLOAD) {
      return up.known().isKnown() && !up.place().isOpen() ? explained : inflation;
    }
    return saturated() || up.isInnocent() ? inflation : inflation - explained;
  }
}
