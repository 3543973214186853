package io.github.qosrl.probes.flows;

/**
 * The clock that one sender writes into its packets (TSval, RFC 7323): how long it ticks, and how
 * much longer than it need be a packet was on its way.
 *
 * <p>RFC 7323 wants ticks of 1 ms to 1 s. Linux, macOS and Android tick in 1 ms, others in 2, 4 or
 * 10 ms, and Linux on request in 1 µs. Until the tick is known, which takes {@value #SOON_MILLIS}
 * ms at least, nothing is told. A clock that jumps is begun anew; one that does so again and again,
 * that goes back, or that stands still, is no clock, and is left alone for as long as the flow
 * lasts.
 *
 * <p>Times are nanoseconds since 1970. Not thread-safe.
 */
final class SenderClock {
  private static final int SOON_MILLIS = 250;
  private static final long SOON = SOON_MILLIS * 1_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** Ticks that senders are known to have, in nanoseconds; most of them have the first. */
  private static final double[] TICKS = {1e6, 1e3, 2e6, 4e6, 10e6};

  private static final double USUAL = TICKS[0];
  private static final double SHORTEST = TICKS[1];

  /** A queue that forms while a flow starts bends the usual rate by no more than this factor. */
  private static final double SLOWED = 3.5;

  /** A clock runs steadily, other than a queue that forms or drains. */
  private static final double STEADY = 1.08;

  /** How long it must have run steadily to be believed that it is not the usual one. */
  private static final long LOOK = SECOND;

  /** After so long, no queue bends the rate by as much as there is between two known ticks. */
  private static final long LOOK_AGAIN = 4 * SECOND;

  /** How long to look before a tick is believed that no system is known to have. */
  private static final long LOOK_LONG = 30 * SECOND;

  private static final double BEND = 1.45;

  /** No queue is longer: what says so is another clock. */
  private static final double LONGEST_QUEUE = 10e9;

  /** No packet is overtaken by packets that were sent so much later. */
  private static final double LONGEST_OVERTAKEN = 2e9;

  /** A clock that stands still for so long, over so many packets, tells nothing. */
  private static final long STANDSTILL = SECOND;

  private static final int STANDSTILL_PACKETS = 10;

  /** How often it may jump. */
  private static final int STRIKES = 3;

  /** Packets that are overtaken are fewer than others; of random numbers, half go back. */
  private static final double MOST_BACKWARD = 0.6;

  private static final int BACKWARD_PACKETS = 16;

  private final DelayFloor floor = new DelayFloor(true);
  private boolean begun;
  private boolean broken;
  private long firstTime;
  private long lastTime;
  private long movedAt;
  private int sinceMove;
  private int lastValue;
  private long ticks;
  private double tick;
  private long checkAt;
  private long checkedTime;
  private long checkedTicks;
  private double slowest;
  private double fastest;
  private int strikes;
  private int backward;
  private int forward;
  private double excess;
  private double delay;

  /** For another flow. */
  void clear() {
    begun = false;
    broken = false;
    strikes = 0;
    backward = 0;
    forward = 0;
    tick = 0;
  }

  /** Whether what it says is no time. */
  boolean broken() {
    return broken;
  }

  /** Whether its tick is known, so that delays can be told. */
  boolean known() {
    return tick > 0 && !broken;
  }

  /** Its tick in nanoseconds; 0 until it is known. */
  double tick() {
    return tick;
  }

  /** Whether nothing is known yet of the smallest delay. */
  boolean isFresh() {
    return floor.isEmpty();
  }

  /** Since when it has been running without a jump. */
  long since() {
    return firstTime;
  }

  /**
   * Reads the clock of a packet. Until the tick is known, it is taken to be 1 ms: what is learnt of
   * the smallest delay before a queue has formed must not be lost.
   *
   * @param time when it arrived
   * @return whether it tells a delay, to be {@link #settle}d
   */
  boolean read(long time, int value) {
    if (broken) {
      return false;
    }
    if (!begun) {
      begin(time, value);
      return true;
    }
    int step = value - lastValue;
    if (step < 0) {
      return back(time, value, step);
    }
    forward++;
    if (standsStill(time, step)) {
      broken = true;
      return false;
    }
    if (known() && Math.abs(step * tick - (time - lastTime)) > LONGEST_QUEUE) {
      return jump(time, value);
    }
    ticks += step;
    lastValue = value;
    lastTime = time;
    if (time >= checkAt) {
      check(time, value);
    }
    delay = time - firstTime - ticks * (tick > 0 ? tick : USUAL);
    return !broken;
  }

  private void begin(long time, int value) {
    begun = true;
    firstTime = time;
    lastTime = time;
    movedAt = time;
    sinceMove = 0;
    lastValue = value;
    ticks = 0;
    delay = 0;
    excess = 0;
    tick = 0;
    checkAt = time + SOON;
    checkedTime = time;
    checkedTicks = 0;
    slowest = Double.POSITIVE_INFINITY;
    fastest = 0;
    floor.clear();
  }

  private boolean standsStill(long time, int step) {
    if (step > 0) {
      sinceMove = 0;
      movedAt = time;
      return false;
    }
    sinceMove++;
    return sinceMove >= STANDSTILL_PACKETS && time - movedAt > STANDSTILL;
  }

  /** A packet that was overtaken tells nothing of the present. */
  private boolean back(long time, int value, int step) {
    backward++;
    if (backward > BACKWARD_PACKETS && backward > MOST_BACKWARD * forward) {
      broken = true;
    } else if (-step * (known() ? tick : USUAL) > LONGEST_OVERTAKEN) {
      return jump(time, value);
    }
    if (forward > 1024) {
      forward /= 2;
      backward /= 2;
    }
    return false;
  }

  /** Begins anew; says whether that is still worth while. */
  private boolean jump(long time, int value) {
    strikes++;
    broken = strikes >= STRIKES;
    begin(time, value);
    return !broken;
  }

  /** Looks at the rate of the ticks: often at first, then each time that its time has doubled. */
  private void check(long time, int value) {
    long span = time - firstTime;
    double rate = ticks / (double) span;
    if (rate * SHORTEST > BEND) {
      jump(time, value);
      return;
    }
    double now = (ticks - checkedTicks) / (double) (time - checkedTime);
    slowest = Math.min(slowest, now);
    fastest = Math.max(fastest, now);
    boolean settled = span >= LOOK_AGAIN || span >= LOOK && fastest < STEADY * slowest;
    if (tick == 0 || settled && !fits(rate * tick)) {
      adopt(settled ? nearest(rate) : atFirst(rate));
    } else if (span >= LOOK_LONG && Math.abs(floor.steepness()) > DelayFloor.MOST_DRIFT) {
      // No queue grows along a line for so long: the tick is none of those that are known.
      adopt(tick / (1 - floor.steepness()));
    }
    broken = ticks == 0 || tick == 0 && span > 2 * LOOK_AGAIN;
    checkedTicks = ticks;
    checkedTime = time;
    checkAt = time + (span < LOOK_AGAIN ? SOON : Math.min(span, LOOK_LONG));
  }

  private void adopt(double newTick) {
    boolean asAssumed = tick == 0 && (newTick == 0 || newTick == USUAL);
    tick = newTick;
    if (!asAssumed) {
      floor.clear();
    }
  }

  private static boolean fits(double bent) {
    return bent < BEND && bent > 1 / BEND;
  }

  /** The tick that is likely after a short time; 0 if none is. */
  private static double atFirst(double rate) {
    if (rate * USUAL < BEND && rate * USUAL > 1 / SLOWED) {
      return USUAL;
    }
    return fits(rate * SHORTEST) ? SHORTEST : 0;
  }

  /** The known tick that the rate is nearest to; 0 if none is near. */
  private static double nearest(double rate) {
    for (double known : TICKS) {
      if (fits(rate * known)) {
        return known;
      }
    }
    return 0;
  }

  /**
   * The excess of the last packet that was settled over the smallest delay, in nanoseconds; means
   * nothing until the tick is {@link #known}.
   */
  double excess() {
    return excess;
  }

  /** Adds the last packet that was read to what is known of the smallest delay. */
  void settle() {
    floor.add(lastTime, delay);
    excess = floor.excess(lastTime, delay);
  }

  /**
   * Says how long the last packet that was read waited, by what other flows tell: it is not the
   * smallest delay then.
   */
  void lend(double waited) {
    floor.lend(lastTime, delay - waited);
  }
}
