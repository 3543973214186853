package io.github.qosrl.core.sim;

/**
 * How long the bytes that leave a queue have waited in it. Exact within a step, as if bytes came
 * evenly over theirs; at most 4096 steps.
 */
final class QueueWait {
  private static final int HISTORY = 4096;

  private final FifoQueue queue;
  private final double stepSeconds;

  /** What had ever come by the end of each step. */
  private final double[] arrivedBy = new double[HISTORY];

  /** The step in which came what leaves now. */
  private int came;

  private double before;
  private double now;

  QueueWait(FifoQueue queue, double stepSeconds) {
    this.queue = queue;
    this.stepSeconds = stepSeconds;
  }

  /** Follows the queue through a step that has just passed. */
  void step(int step) {
    double arrived = queue.arrived();
    double served = queue.served();
    arrivedBy[step & HISTORY - 1] = arrived;
    before = now;
    if (served >= arrived) {
      came = step;
      now = 0;
      return;
    }
    if (step - came >= HISTORY) {
      came = step - HISTORY + 1;
    }
    while (came < step && arrivedBy[came & HISTORY - 1] < served) {
      came++;
    }
    double earlier = came == 0 ? 0 : arrivedBy[came - 1 & HISTORY - 1];
    double in = arrivedBy[came & HISTORY - 1] - earlier;
    double part = in > 0 ? Amount.least(1, Amount.most(0, (served - earlier) / in)) : 1;
    now = (step - came + 1 - part) * stepSeconds;
  }

  /** Seconds that what left last had waited, at the end of the step. */
  double seconds() {
    return now;
  }

  /** The shorter of the waits at the step's begin and end. */
  double least() {
    return Amount.least(before, now);
  }
}
