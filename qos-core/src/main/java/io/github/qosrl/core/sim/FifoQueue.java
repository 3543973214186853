package io.github.qosrl.core.sim;

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

  /** Bytes and gaps of each flow in turn, parcel by parcel. */
  private final double[] parcels;

  private final double[] total = new double[PARCELS];
  private final int[] came = new int[PARCELS];
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
    parcels = new double[PARCELS * 2 * flows];
  }

  /** Changes how many bytes fit; what waits already stays. */
  void resize(double bytesThatFit) {
    limit = bytesThatFit;
  }

  @Override
  public void pass(int step, Portion[] in, double budget, Portion[] out) {
    double offered = 0;
    double lost = 0;
    for (int f = 0; f < flows; f++) {
      offered += in[f].bytes;
      lost += in[f].gaps;
      out[f].set(in[f]);
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
      double refused = dropTail(in, Amount.least(excess, offered), offered);
      dropShare = refused / offered;
      offered -= refused;
      lost += refused;
    }
    arrived += offered;
    if (offered + lost > 0) {
      enqueue(step, in, offered);
    }
    serve(budget, out);
  }

  /**
   * Drops whole packets of randomly chosen flows, in proportion to what each sent; less than a
   * packet too much may stay.
   */
  private double dropTail(Portion[] in, double excess, double offered) {
    double refused = 0;
    while (refused + TcpFlow.PACKET <= excess && refused < offered) {
      double at = random.nextDouble() * (offered - refused);
      int f = 0;
      while (f < flows - 1 && at >= in[f].bytes) {
        at -= in[f++].bytes;
      }
      double packet = Amount.least(TcpFlow.PACKET, in[f].bytes);
      in[f].lose(packet);
      refused += packet;
    }
    dropped += refused;
    return refused;
  }

  private void enqueue(int step, Portion[] in, double sum) {
    backlog += sum;
    if (size == PARCELS) {
      int newest = head + size - 1 & PARCELS - 1;
      total[newest] += sum;
      for (int f = 0; f < flows; f++) {
        int at = 2 * (newest * flows + f);
        parcels[at] += in[f].bytes;
        parcels[at + 1] += in[f].gaps;
      }
      return;
    }
    int slot = head + size++ & PARCELS - 1;
    total[slot] = sum;
    came[slot] = step;
    for (int f = 0; f < flows; f++) {
      int at = 2 * (slot * flows + f);
      parcels[at] = in[f].bytes;
      parcels[at + 1] = in[f].gaps;
    }
  }

  private void serve(double budget, Portion[] out) {
    for (int f = 0; f < flows; f++) {
      out[f].set(0, 0);
    }
    double rest = budget;
    while (size > 0 && rest > 0) {
      double part = total[head] <= rest ? 1 : rest / total[head];
      take(part, out);
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

  /** Takes an even part of the oldest parcel. */
  private void take(double part, Portion[] out) {
    for (int f = 0; f < flows; f++) {
      int at = 2 * (head * flows + f);
      double bytes = parcels[at] * part;
      double gaps = parcels[at + 1] * part;
      out[f].add(bytes, gaps);
      parcels[at] -= bytes;
      parcels[at + 1] -= gaps;
    }
  }

  @Override
  public double backlog() {
    return backlog;
  }

  @Override
  public double dropped() {
    return dropped;
  }

  /** The step in which came what leaves next; only if something waits. */
  int oldestStep() {
    return came[head];
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
