package io.github.qosrl.core.sim;

import java.util.Arrays;

/**
 * The way back of acknowledgements: through the queues of the other direction, in order, and over
 * the base delay. Each step's acknowledgements are one batch; mostly one batch leaves in a step.
 */
final class AckPath {
  private static final int BATCHES = 2048;

  private final int flows;
  private final int delaySteps;
  private final FifoQueue[] stages;
  private final double[] acked;
  private final double[] lost;
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
    acked = new double[BATCHES * flows];
    lost = new double[BATCHES * flows];
    place = new double[stages.length][BATCHES];
    left = new int[stages.length];
  }

  /** Takes in what reached the receiver in this step. */
  void enter(double[] ackedNow, double[] lostNow) {
    if (flows == 0) {
      return;
    }
    if (entered - delivered == BATCHES) {
      int newest = entered - 1 & BATCHES - 1;
      add(ackedNow, 0, acked, newest * flows);
      add(lostNow, 0, lost, newest * flows);
      return;
    }
    int slot = entered++ & BATCHES - 1;
    for (int f = 0; f < flows; f++) {
      acked[slot * flows + f] = ackedNow[f];
      lost[slot * flows + f] = lostNow[f];
    }
    if (stages.length > 0) {
      place[0][slot] = stages[0].arrived();
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

  /** Tells what reaches the senders in this step; overwrites the arrays. */
  void deliver(int step, double[] ackedOut, double[] lostOut) {
    int limit = stages.length == 0 ? entered : left[stages.length - 1];
    boolean first = true;
    while (delivered < limit && due[delivered & BATCHES - 1] <= step) {
      int base = (delivered++ & BATCHES - 1) * flows;
      if (first) {
        for (int f = 0; f < flows; f++) {
          ackedOut[f] = acked[base + f];
          lostOut[f] = lost[base + f];
        }
        first = false;
      } else {
        add(acked, base, ackedOut, 0);
        add(lost, base, lostOut, 0);
      }
    }
    if (first) {
      Arrays.fill(ackedOut, 0, flows, 0);
      Arrays.fill(lostOut, 0, flows, 0);
    }
  }

  private void add(double[] from, int at, double[] to, int base) {
    for (int f = 0; f < flows; f++) {
      to[base + f] += from[at + f];
    }
  }
}
