package io.github.qosrl.core.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One queue in order of arrival that drops what does not fit: a modem's deep buffer, or a byte FIFO
 * under a token bucket.
 *
 * <p>What arrives in one step is one parcel, whose flows are mixed evenly. {@link #arrived} and
 * {@link #served} number all bytes that ever came and went, so that a probe's place in the queue is
 * a number: it leaves when {@code served} reaches what {@code arrived} was when it came.
 */
final class FifoQueue implements FluidQueue {
  private static final int PARCELS = 1024;

  private final int flows;
  private double limit;
  private final SplittableRandom random;
  private final double[] bytes;
  private final double[] gapBytes;
  private final double[] total = new double[PARCELS];
  private int head;
  private int size;
  private double backlog;
  private double dropped;

  private double arrivedBefore;
  private double arrived;
  private double servedBefore;
  private double served;
  private double budget;
  private double dropShare;

  /**
   * @param flows how many flows are told apart
   * @param limit bytes that fit
   * @param random picks whose packet is dropped
   */
  FifoQueue(int flows, double limit, SplittableRandom random) {
    this.flows = flows;
    this.limit = limit;
    this.random = random;
    bytes = new double[PARCELS * flows];
    gapBytes = new double[PARCELS * flows];
  }

  /** Changes how many bytes fit; what waits already stays. */
  void resize(double bytesThatFit) {
    limit = bytesThatFit;
  }

  @Override
  public void pass(
      int step, double[] in, double[] gaps, double budget, double[] out, double[] outGaps) {
    double offered = 0;
    double lost = 0;
    for (int f = 0; f < flows; f++) {
      offered += in[f];
      lost += gaps[f];
      out[f] = in[f];
      outGaps[f] = gaps[f];
    }
    this.budget = budget;
    arrivedBefore = arrived;
    servedBefore = served;
    dropShare = 0;
    if (size == 0 && offered <= budget) {
      arrived += offered;
      served = arrived;
      return;
    }
    double excess = backlog + offered - budget - limit;
    if (excess > 0) {
      double refused = dropTail(in, gaps, Amount.least(excess, offered), offered);
      dropShare = refused / offered;
      offered -= refused;
      lost += refused;
    }
    arrived += offered;
    if (offered + lost > 0) {
      enqueue(in, gaps, offered);
    }
    serve(budget, out, outGaps);
  }

  /**
   * Drops whole packets of randomly chosen flows, in proportion to what each sent; less than a
   * packet too much may stay.
   */
  private double dropTail(double[] in, double[] gaps, double excess, double offered) {
    double refused = 0;
    while (refused + TcpFlow.PACKET <= excess && refused < offered) {
      double at = random.nextDouble() * (offered - refused);
      int f = 0;
      while (f < flows - 1 && at >= in[f]) {
        at -= in[f++];
      }
      double packet = Amount.least(TcpFlow.PACKET, in[f]);
      in[f] -= packet;
      gaps[f] += packet;
      refused += packet;
    }
    dropped += refused;
    return refused;
  }

  private void enqueue(double[] in, double[] gaps, double sum) {
    int slot;
    if (size == PARCELS) {
      slot = head + size - 1 & PARCELS - 1;
    } else {
      slot = head + size++ & PARCELS - 1;
      total[slot] = 0;
      Arrays.fill(bytes, slot * flows, (slot + 1) * flows, 0);
      Arrays.fill(gapBytes, slot * flows, (slot + 1) * flows, 0);
    }
    total[slot] += sum;
    backlog += sum;
    for (int f = 0; f < flows; f++) {
      bytes[slot * flows + f] += in[f];
      gapBytes[slot * flows + f] += gaps[f];
    }
  }

  private void serve(double budget, double[] out, double[] outGaps) {
    Arrays.fill(out, 0, flows, 0);
    Arrays.fill(outGaps, 0, flows, 0);
    double rest = budget;
    while (size > 0 && rest > 0) {
      int base = head * flows;
      double part = total[head] <= rest ? 1 : rest / total[head];
      for (int f = 0; f < flows; f++) {
        double b = bytes[base + f] * part;
        double g = gapBytes[base + f] * part;
        out[f] += b;
        outGaps[f] += g;
        bytes[base + f] -= b;
        gapBytes[base + f] -= g;
      }
      if (part == 1) {
        rest -= total[head];
        backlog -= total[head];
        head = head + 1 & PARCELS - 1;
        size--;
      } else {
        total[head] -= rest;
        backlog -= rest;
        rest = 0;
      }
    }
    if (size == 0) {
      backlog = 0;
    }
    served = arrived - backlog;
  }

  @Override
  public double backlog() {
    return backlog;
  }

  @Override
  public double dropped() {
    return dropped;
  }

  /** Bytes that ever came in. */
  double arrived() {
    return arrived;
  }

  /** Bytes that ever left. */
  double served() {
    return served;
  }

  /** Bytes that left in the last step. */
  double servedInStep() {
    return served - servedBefore;
  }

  /** Part of what came in the last step that was dropped. */
  double dropShare() {
    return dropShare;
  }

  /** The place in the queue of what came at a part of the last step, 0 to 1. */
  double placeAt(double part) {
    return arrivedBefore + part * (arrived - arrivedBefore);
  }

  /** Seconds into the last step at which the place was served, if it was, at the step's rate. */
  double servedAfter(double place, double stepSeconds) {
    return place <= servedBefore || budget <= 0
        ? 0
        : Amount.least(1, (place - servedBefore) / budget) * stepSeconds;
  }
}
