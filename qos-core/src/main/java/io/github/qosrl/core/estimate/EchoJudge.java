package io.github.qosrl.core.estimate;

/**
 * Whether echoes wait in the queues that the users' packets wait in. Some links serve ICMP apart:
 * its delay then stands still while that of the users' own packets grows. Times in seconds.
 */
final class EchoJudge {
  /** A shorter queue may hide in what echoes jitter. */
  private static final double TELLING = 0.012;

  private static final double PACKETS = 4;

  /**
   * An echo that shows less than this part of a queue does not see it, more than the other does.
   */
  private static final double MISSED = 0.4;

  private static final double SEEN = 0.7;

  /** So long, in all, must queues be missed for echoes to be blind, or be seen for trust again. */
  private static final double ENOUGH = 0.3;

  private double missedFor;
  private boolean blind;

  void reset() {
    missedFor = 0;
    blind = false;
  }

  /**
   * Takes in a tick.
   *
   * @param echo inflation of the echoes' round trip; NaN if unknown
   * @param users the least that the users' own packets show to wait; NaN if unknown
   * @param packetTime what a full packet takes at the slower direction's present rate: the users'
   *     packets wait for their own kind, echoes are small
   */
  void observe(double echo, double users, double packetTime, double elapsed) {
    if (Double.isNaN(echo) || !(users > TELLING + PACKETS * packetTime)) {
      return;
    }
    if (echo < MISSED * users) {
      missedFor = Math.min(ENOUGH, missedFor + elapsed);
    } else if (echo > SEEN * users) {
      missedFor = Math.max(0, missedFor - elapsed);
    }
    blind = missedFor >= ENOUGH || (blind && missedFor > 0);
  }

  boolean isBlind() {
    return blind;
  }
}
