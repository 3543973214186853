package io.github.qosrl.core.sim;

import java.util.SplittableRandom;

/**
 * One flow's queue and its drop state, as COBALT has it (Linux, net/sched/sch_cake.c, {@code
 * cobalt_should_drop}). What arrives in one step is one parcel.
 */
final class CobaltQueue {
  private static final int PARCELS = 512;
  private static final double INTERVAL = 0.1;

  private final double stepSeconds;
  private final SplittableRandom random;
  private final double[] size = new double[PARCELS];
  private final double[] left = new double[PARCELS];
  private final int[] arrival = new int[PARCELS];
  private int head;
  private int count;
  private double waiting;

  private boolean dropping;
  private int drops;
  private double dropNext;

  CobaltQueue(double stepSeconds, SplittableRandom random) {
    this.stepSeconds = stepSeconds;
    this.random = random;
  }

  /** Bytes that wait. */
  double waiting() {
    return waiting;
  }

  /** Whether it is out of its drop state. */
  boolean calm() {
    return drops == 0;
  }

  /** Whether there is nothing to drop, and no drop state to leave. */
  boolean idle() {
    return drops == 0 && count == 0;
  }

  void add(double bytes, int step) {
    if (count == PARCELS) {
      int newest = head + count - 1 & PARCELS - 1;
      size[newest] += bytes;
      left[newest] += bytes;
    } else {
      int slot = head + count++ & PARCELS - 1;
      size[slot] = bytes;
      left[slot] = bytes;
      arrival[slot] = step;
    }
    waiting += bytes;
  }

  /** Takes all that waits. */
  void empty() {
    waiting = 0;
    count = 0;
  }

  /** Takes bytes from the head, fewer than wait. */
  void take(double bytes) {
    waiting -= bytes;
    double rest = bytes;
    while (count > 1 && left[head] <= rest) {
      rest -= left[head];
      head = head + 1 & PARCELS - 1;
      count--;
    }
    left[head] = Amount.most(0, left[head] - rest);
  }

  private double longestWait(double now) {
    return now - arrival[head] * stepSeconds;
  }

  private double sojourn(double now) {
    return count == 0 ? 0 : now - (arrival[head] + 1 - left[head] / size[head]) * stepSeconds;
  }

  /**
   * Moves the drop state on by a step, and drops what is due from the head.
   *
   * @param round how much more or less than in the fluid the head may have waited
   * @return bytes dropped
   */
  double drop(double now, double target, double round) {
    double bytes = due(now, target, round);
    if (bytes >= waiting) {
      bytes = waiting;
      empty();
    } else if (bytes > 0) {
      take(bytes);
    }
    return bytes;
  }

  private double due(double now, double target, double round) {
    if (drops == 0 && (count == 0 || longestWait(now) <= target - round)) {
      dropping = false;
      return 0;
    }
    boolean due = drops > 0 && now >= dropNext;
    double slack = sojourn(now) - target;
    if (slack > round || (slack > -round && slack > (2 * random.nextDouble() - 1) * round)) {
      if (!dropping) {
        dropping = true;
        dropNext = now + INTERVAL / Math.sqrt(Math.max(1, drops));
      }
      drops = Math.max(1, drops);
    } else {
      dropping = false;
    }
    double bytes = 0;
    while (due) {
      if (dropping) {
        bytes += TcpFlow.PACKET;
        drops++;
      } else {
        drops--;
      }
      dropNext += INTERVAL / Math.sqrt(Math.max(1, drops));
      due = drops > 0 && now >= dropNext;
    }
    return bytes;
  }
}
