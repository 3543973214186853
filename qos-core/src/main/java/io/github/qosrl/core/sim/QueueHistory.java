package io.github.qosrl.core.sim;

/**
 * What had ever come into a queue, and left it, by the end of each of the newest steps, and how
 * long what left last had waited.
 */
final class QueueHistory {
  /** Twenty seconds of steps of 10 ms. */
  private static final int LEAST = 2048;

  private final FifoQueue queue;
  private final double stepSeconds;
  private final int mask;

  /** Of each step in turn: arrived, served, seconds waited. */
  private final double[] numbers;

  /**
   * @param stepsPerTick how many steps pass between two looks at it
   */
  QueueHistory(FifoQueue queue, double stepSeconds, int stepsPerTick) {
    this.queue = queue;
    this.stepSeconds = stepSeconds;
    mask = size(stepsPerTick) - 1;
    numbers = new double[3 * (mask + 1)];
  }

  /** A power of two: what a ring needs to hold twice as many steps as a tick has, and some more. */
  static int size(int stepsPerTick) {
    return Math.max(LEAST, 4 * Integer.highestOneBit(stepsPerTick));
  }

  /** Takes note of a step that has just passed. */
  void add(int step) {
    int at = 3 * (step & mask);
    numbers[at] = queue.arrived();
    numbers[at + 1] = queue.served();
    numbers[at + 2] = queue.backlog() > 0 ? waited(step) : 0;
  }

  /** Exact within a step, as if bytes came evenly over theirs. */
  private double waited(int step) {
    int came = Math.max(queue.oldestStep(), step - mask + 1);
    double before = arrivedBy(came - 1);
    double part = (queue.served() - before) / (arrivedBy(came) - before);
    return (step - came + 1 - (part > 0 ? Amount.least(1, part) : 0)) * stepSeconds;
  }

  double arrivedBy(int step) {
    return step < 0 ? 0 : numbers[3 * (step & mask)];
  }

  double servedBy(int step) {
    return step < 0 ? 0 : numbers[3 * (step & mask) + 1];
  }

  /** Seconds that what had left last by the end of a step had waited. */
  double waitedBy(int step) {
    return step < 0 ? 0 : numbers[3 * (step & mask) + 2];
  }
}
