package io.github.qosrl.core.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A queue as CAKE has it: flows share the rate fairly, and COBALT drops from the head of a flow
 * that has waited too long (Linux, net/sched/sch_cake.c, {@code cobalt_should_drop}).
 *
 * <p>Dropped bytes do not count as sent, as without CAKE's {@code ingress} keyword.
 */
final class FairQueue implements FluidQueue {
  private static final int PARCELS = 512;
  private static final double LIMIT = 4 << 20;
  private static final double TARGET = 0.005;
  private static final double INTERVAL = 0.1;

  private final int flows;
  private final double stepSeconds;
  private final SplittableRandom random;
  private final FlowQueue[] queues;
  private double backlog;
  private double dropped;

  FairQueue(int flows, double stepSeconds, SplittableRandom random) {
    this.random = random;
    this.flows = flows;
    this.stepSeconds = stepSeconds;
    queues = new FlowQueue[flows];
    Arrays.setAll(queues, i -> new FlowQueue());
  }

  @Override
  public void pass(
      int step, double[] in, double[] gaps, double budget, double[] out, double[] outGaps) {
    int active = 0;
    for (int f = 0; f < flows; f++) {
      FlowQueue queue = queues[f];
      outGaps[f] = gaps[f];
      if (in[f] > 0) {
        double refused = Amount.most(0, Amount.least(in[f], backlog + in[f] - LIMIT));
        outGaps[f] += refused;
        dropped += refused;
        queue.add(in[f] - refused, step);
        backlog += in[f] - refused;
      }
      out[f] = 0;
      if (queue.waiting > 0) {
        active++;
      }
    }
    if (active > 0) {
      serve(step, active, budget, out, outGaps);
    }
  }

  private void serve(int step, int active, double budget, double[] out, double[] outGaps) {
    double packetTime = TcpFlow.PACKET * stepSeconds / budget;
    double target = Amount.most(TARGET, packetTime * Amount.most(4, 2 * active));
    double now = (step + 1) * stepSeconds;
    double rest = budget;
    boolean again = true;
    int unserved = active;
    while (again && unserved > 0 && rest > 1e-6) {
      again = false;
      double share = rest / unserved;
      unserved = 0;
      for (FlowQueue queue : queues) {
        if (queue.waiting > 0) {
          double sent = Amount.least(share, queue.waiting);
          queue.take(sent);
          queue.sent += sent;
          rest -= sent;
          again |= sent < share;
          unserved += queue.waiting > 0 ? 1 : 0;
        }
      }
    }
    // Flows take turns packet by packet: a head waits up to a round more or less than in the fluid.
    double round = packetTime * active;
    double left = 0;
    for (int f = 0; f < flows; f++) {
      FlowQueue queue = queues[f];
      double drop = Amount.least(queue.waiting, queue.cobalt(now, target, round));
      queue.take(drop);
      out[f] = queue.sent;
      outGaps[f] += drop;
      dropped += drop;
      queue.sent = 0;
      left += queue.waiting;
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

  /** One flow's queue and its drop state. */
  private final class FlowQueue {
    private final double[] size = new double[PARCELS];
    private final double[] left = new double[PARCELS];
    private final int[] arrival = new int[PARCELS];
    private int head;
    private int count;
    private double waiting;
    private double sent;

    private boolean dropping;
    private int drops;
    private double dropNext;

    void add(double bytes, int step) {
      int slot;
      if (count == PARCELS) {
        slot = head + count - 1 & PARCELS - 1;
      } else {
        slot = head + count++ & PARCELS - 1;
        size[slot] = 0;
        left[slot] = 0;
        arrival[slot] = step;
      }
      size[slot] += bytes;
      left[slot] += bytes;
      waiting += bytes;
    }

    void take(double bytes) {
      if (bytes >= waiting) {
        waiting = 0;
        count = 0;
        return;
      }
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

    /** Bytes to drop at this step. */
    double cobalt(double now, double target, double round) {
      if (drops == 0 && (count == 0 || longestWait(now) <= target - round)) {
        dropping = false;
        return 0;
      }
      boolean due = drops > 0 && now >= dropNext;
      double slack = sojourn(now) - target;
      if (slack > round || (slack > -round && slack > (2 * random.nextDouble() - 1) * round)) {
        if (!dropping) {
          dropping = true;
          dropNext = now + INTERVAL / Math.sqrt(Amount.most(1, drops));
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
        dropNext += INTERVAL / Math.sqrt(Amount.most(1, drops));
        due = drops > 0 && now >= dropNext;
      }
      return bytes;
    }
  }
}
