package io.github.qosrl.core.sim;

/**
 * The way back of acknowledgements: through the queues of the other direction, in order, and over
 * the base delay. Each step's acknowledgements are one batch; mostly one batch leaves in a step.
 */
final class AckPath {
  private static final int BATCHES = 2048;

  private final int flows;
  private final int delaySteps;
  private final FifoQueue[] stages;

  /** Bytes acknowledged and found lost of each flow in turn, batch by batch. */
  private final double[] batches;

  private final double[][] place;
  private final int[] due = new int[BATCHES];

  /** Number of the next batch to enter, and to leave each stage, and to be delivered. */
  private int entered;

  private final int[] left;
  private int delivered;

  /**
   * @param flows how many flows are acknowledged; none if the direction carries no data
   * @param delaySteps the path's base delay, in steps
   * @param stages the queues on the way that serve in order of arrival
   */
  AckPath(int flows, int delaySteps, FifoQueue... stages) {
    this.flows = flows;
    this.delaySteps = Math.max(1, delaySteps);
    this.stages = stages;
    batches = new double[BATCHES * 2 * flows];
    place = new double[stages.length][BATCHES];
    left = new int[stages.length];
  }

  /** Takes in what reached the receiver in this step. */
  void enter(Portion[] news) {
    if (flows == 0) {
      return;
    }
    if (entered - delivered == BATCHES) {
      addToNewest(news);
      return;
    }
    int slot = entered++ & BATCHES - 1;
    for (int f = 0; f < flows; f++) {
      int at = 2 * (slot * flows + f);
      batches[at] = news[f].bytes;
      batches[at + 1] = news[f].gaps;
    }
    if (stages.length > 0) {
      place[0][slot] = stages[0].arrived();
    }
  }

  private void addToNewest(Portion[] news) {
    int slot = entered - 1 & BATCHES - 1;
    for (int f = 0; f < flows; f++) {
      int at = 2 * (slot * flows + f);
      batches[at] += news[f].bytes;
      batches[at + 1] += news[f].gaps;
    }
  }

  /** Moves the batches on, at the end of a step. */
  void move(int step) {
    for (int s = 0; s < stages.length; s++) {
      FifoQueue stage = stages[s];
      int limit = s == 0 ? entered : left[s - 1];
      while (left[s] < limit && place[s][left[s] & BATCHES - 1] <= stage.served() + 1e-6) {
        int slot = left[s]++ & BATCHES - 1;
        if (s + 1 < stages.length) {
          place[s + 1][slot] = stages[s + 1].arrived();
        } else {
          due[slot] = step + delaySteps;
        }
      }
    }
    if (stages.length == 0) {
      due[entered - 1 & BATCHES - 1] = step + delaySteps;
    }
  }

  /** Tells what reaches the senders in this step; overwrites it. */
  void deliver(int step, Portion[] news) {
    for (int f = 0; f < flows; f++) {
      news[f].set(0, 0);
    }
    int limit = stages.length == 0 ? entered : left[stages.length - 1];
    while (delivered < limit && due[delivered & BATCHES - 1] <= step) {
      int slot = delivered++ & BATCHES - 1;
      for (int f = 0; f < flows; f++) {
        int at = 2 * (slot * flows + f);
        news[f].add(batches[at], batches[at + 1]);
      }
    }
  }
}
