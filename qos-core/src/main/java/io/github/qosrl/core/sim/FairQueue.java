package io.github.qosrl.core.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A queue as CAKE has it: flows share the rate fairly, and COBALT drops from the head of a flow
 * that has waited too long (Linux, net/sched/sch_cake.c).
 *
 * <p>Dropped bytes do not count as sent, as without CAKE's {@code ingress} keyword.
 */
final class FairQueue implements FluidQueue {
  private static final double LIMIT = 4 << 20;
  private static final double TARGET = 0.005;

  /** Less than this is no budget, in bytes: what rounding leaves. */
  private static final double NOTHING = 1e-6;

  private final int flows;
  private final double stepSeconds;
  private final CobaltQueue[] queues;
  private double backlog;
  private double dropped;

  /** Whether no flow is in its drop state, which time alone can end. */
  private boolean calm = true;

  FairQueue(int flows, double stepSeconds, SplittableRandom random) {
    this.flows = flows;
    this.stepSeconds = stepSeconds;
    queues = new CobaltQueue[flows];
    Arrays.setAll(queues, i -> new CobaltQueue(stepSeconds, random));
  }

  @Override
  public void pass(int step, Portion[] in, double budget, Portion[] out) {
    // Nothing waits and nothing need be dropped: a queue that is not full hardly does anything.
    if (backlog == 0 && calm && allLeaveAtOnce(in, budget)) {
      for (int f = 0; f < flows; f++) {
        out[f].set(in[f]);
      }
      return;
    }
    int active = 0;
    for (int f = 0; f < flows; f++) {
      CobaltQueue queue = queues[f];
      double bytes = in[f].bytes;
      out[f].set(0, in[f].gaps);
      if (bytes > 0) {
        double refused = Amount.most(0, Amount.least(bytes, backlog + bytes - LIMIT));
        out[f].gaps += refused;
        dropped += refused;
        queue.add(bytes - refused, step);
        backlog += bytes - refused;
      }
      if (queue.waiting() > 0) {
        active++;
      }
    }
    if (active > 0) {
      share(active, budget, out);
      drop(step, active, budget, out);
    }
  }

  /** Whether no flow brings more than its share: as mostly where acknowledgements are all. */
  private boolean allLeaveAtOnce(Portion[] in, double budget) {
    int active = 0;
    double sum = 0;
    double most = 0;
    for (int f = 0; f < flows; f++) {
      double bytes = in[f].bytes;
      active += bytes > 0 ? 1 : 0;
      sum += bytes;
      most = Amount.most(most, bytes);
    }
    return active == 0 || (budget > NOTHING && most <= budget / active && sum <= LIMIT);
  }

  /** Serves every flow an equal part; what one leaves of its part, the others share again. */
  private void share(int active, double budget, Portion[] out) {
    double rest = budget;
    boolean again = true;
    int unserved = active;
    while (again && unserved > 0 && rest > NOTHING) {
      again = false;
      double share = rest / unserved;
      unserved = 0;
      for (int f = 0; f < flows; f++) {
        double waiting = queues[f].waiting();
        if (waiting > share) {
          queues[f].take(share);
          out[f].bytes += share;
          rest -= share;
          unserved++;
        } else if (waiting > 0) {
          queues[f].empty();
          out[f].bytes += waiting;
          rest -= waiting;
          again |= waiting < share;
        }
      }
    }
  }

  private void drop(int step, int active, double budget, Portion[] out) {
    double packetTime = TcpFlow.PACKET * stepSeconds / budget;
    double target = Amount.most(TARGET, packetTime * Math.max(4, 2 * active));
    double now = (step + 1) * stepSeconds;
    // Flows take turns packet by packet: a head waits up to a round more or less than in the fluid.
    double round = packetTime * active;
    double left = 0;
    calm = true;
    for (int f = 0; f < flows; f++) {
      CobaltQueue queue = queues[f];
      if (queue.idle()) {
        continue;
      }
      double drop = queue.drop(now, target, round);
      if (drop > 0) {
        out[f].gaps += drop;
        dropped += drop;
      }
      left += queue.waiting();
      calm &= queue.calm();
    }
    backlog = left;
  }

  @Override
  public double backlog() {
    return backlog;
  }

  @Override
  public double dropped() {
    return dropped;
  }
}
