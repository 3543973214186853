package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;

/**
 * One direction of {@link ReceiveRateAgent}. Times in seconds, rates in bits per second.
 *
 * <p>The constants were chosen in the simulated link for recorded LTE, steps and constant rates at
 * 40 ms; none of them stands for a property of a particular link.
 */
final class ReceiveRateDirection {
  /** A shaper's own queue delays by some packets' time: at a low rate that is much. */
  static final double PACKETS = 1.5;

  static final double PACKET_BITS = 1500 * 8;

  /** Inflation that is not worth reacting to; more of it where the capacity moves. */
  private static final double TOLERANCE = 0.002;

  private static final double TOLERANCE_OF_UNREST = 0.01;
  private static final double LARGEST_TOLERANCE = 0.003;

  /** Beyond so many packets' time, a queue of this length is one. */
  private static final double FEW_PACKETS = 0.5;

  private static final double SOME_QUEUE = 0.001;

  /** Time constants with which a capacity is learned; an upload that is not alone has less time. */
  private static final double MEMORY = 1;

  private static final double QUICK_MEMORY = 0.3;

  /** A download that may be innocent is not believed to have lost more of its capacity at once. */
  private static final double LEAST_IF_UNSURE = 0.3;

  /** Growth of the rate in each period, next to where congestion began and well past it. */
  private static final double GENTLE_GROWTH = 0.005;

  private static final double GROWTH_OF_UNREST = 0.5;
  private static final double LARGEST_GROWTH = 0.08;
  private static final double GROWTH_PERIOD = 0.05;

  /** Part of the way back to where congestion began, in each growth period after it. */
  private static final double RETURN = 0.3;

  /**
   * A rate that is used to this part, or whose queue holds packets, has more demand than supply. Of
   * the two, only the queue tells that the limit is ours and not the link's, so that growth may
   * help.
   */
  private static final double USED = 0.8;

  private static final double BACKLOG = 3 * 1500;

  /** Far above where the last congestion was, a rate that is used to this part is our limit too. */
  private static final double USED_UP = 0.95;

  /** A direction that used this much of its rate within the last seconds may fill a queue. */
  private static final double LOADED = 0.7;

  /** How long congestion must last to be held against a direction that was not loaded. */
  private static final double PATIENCE = 0.3;

  private static final double PATIENT_CUT = 0.9;

  /** A limit below this part of what it was is a cut. */
  private static final double CUT = 0.95;

  private final Direction direction;
  private final CarriedTraffic traffic;
  private final BottleneckPlace place;
  private final KnownCapacity known = new KnownCapacity();
  private final UploadQueue queueMade = new UploadQueue();
  private final Innocence innocence = new Innocence();
  private final GivingWay givingWay = new GivingWay();
  private CarriedTraffic.Delay delay = new CarriedTraffic.Delay(Double.NaN, 0);
  private double pressedFor;
  private double startRate = Double.NaN;
  private double congestedFor;

  ReceiveRateDirection(Direction direction) {
    this.direction = direction;
    this.traffic = new CarriedTraffic(direction);
    this.place = new BottleneckPlace(direction);
  }

  void observe(Observation observation, double inflation, double elapsed) {
    double baseline = observation.orElse(Metrics.BASELINE_DELAY, delay.baseline());
    delay = new CarriedTraffic.Delay(inflation, baseline);
    double limit = observation.plan().rate(direction, Double.POSITIVE_INFINITY);
    traffic.observe(observation, limit, delay, elapsed);
    place.observe(observation, limit, traffic.rate(), delay.roundTrip(), elapsed);
    if (direction == Direction.DOWNLOAD) {
      known.carried(traffic.sustained());
      givingWay.observe(baseline, drops(observation), traffic.newest() * elapsed, elapsed);
    } else {
      long now = AutorateAgent.nanos(observation.time());
      queueMade.add(now, elapsed, traffic.newest(), known.rate());
    }
    // TCP over a long path uses its rate in bursts, a round trip apart.
    pressedFor = isPressed(observation) ? Math.max(baseline, GROWTH_PERIOD) : pressedFor - elapsed;
    innocence.pass(elapsed);
  }

  /** Whether it has more demand than supply. */
  private boolean isPressed(Observation observation) {
    double backlog = observation.orElse(Metrics.backlog(direction), Double.NaN);
    boolean loadTells = Double.isNaN(backlog) || !known.isSteady();
    return backlog > BACKLOG
        || drops(observation) > 0
        || (loadTells && traffic.load() > USED)
        || (known.isLeftBehind() && traffic.load() > USED_UP);
  }

  private double drops(Observation observation) {
    return observation.orElse(Metrics.drops(direction), 0);
  }

  /** How little the senders heed our drops, 0 to 1. */
  double unheeded() {
    return givingWay.unheeded();
  }

  CarriedTraffic traffic() {
    return traffic;
  }

  KnownCapacity known() {
    return known;
  }

  BottleneckPlace place() {
    return place;
  }

  /**
   * The queue in seconds that it has made of the present delay, as far as its capacity is known.
   */
  double queueMade() {
    return queueMade.seen(delay.roundTrip());
  }

  /** No delay is left of it. */
  void queueIsGone() {
    queueMade.isEmpty();
  }

  /** Whether a cut of this direction did not make the queue shorter. */
  boolean isInnocent() {
    return innocence.isProven();
  }

  /** The next rate. */
  double decide(double rate, Charge charge, double elapsed) {
    if (Double.isNaN(charge.inflation()) || Double.isNaN(traffic.rate())) {
      return rate;
    }
    double queue = charge.inflation() - charge.noise() - FEW_PACKETS * PACKET_BITS / rate;
    if (charge.guilty() && queue > SOME_QUEUE) {
      learn(charge, elapsed);
    }
    double threshold = tolerance() + charge.noise() + PACKETS * PACKET_BITS / rate;
    double excess = charge.inflation() + traffic.delayToCome() - threshold;
    if (charge.guilty()
        && givingWay.areDropsHeeded()
        && SmallCorrections.suit(known, rate, queue)) {
      if (excess <= 0) {
        calm(queue > SOME_QUEUE ? 0 : elapsed);
        startRate = Double.NaN;
      }
      boolean isUpload = direction == Direction.UPLOAD;
      double corrected = SmallCorrections.rate(known, isUpload, rate, queue, traffic.delayToCome());
      return pressedFor > 0 ? corrected : Math.min(rate, corrected);
    }
    if (excess <= 0) {
      calm(elapsed);
      return recovered(rate, elapsed);
    }
    if (congestedFor == 0) {
      startRate = rate;
      if (charge.guilty()) {
        known.congested();
      }
    }
    congestedFor += Math.max(elapsed, 1e-3);
    return charge.guilty()
        ? congested(rate, excess, charge, elapsed)
        : wronglyLimited(rate, elapsed);
  }

  /** The capacity shows while nobody else can be the cause, or while an upload is held back. */
  private void learn(Charge charge, double elapsed) {
    boolean isUpload = direction == Direction.UPLOAD;
    if (charge.alone() || charge.sure() || (isUpload && place.isOpen())) {
      double memory = isUpload && !charge.alone() ? QUICK_MEMORY : MEMORY;
      known.seen(traffic.capacity(), elapsed, memory);
    }
  }

  private void calm(double elapsed) {
    congestedFor = 0;
    innocence.isNoQuestion();
    known.pass(elapsed);
  }

  private double congested(double rate, double excess, Charge charge, double elapsed) {
    boolean isCut = place.isHere() && innocence.isTelling(rate / startRate);
    if (!charge.alone()
        && innocence.isShown(isCut, charge.inflation(), delay.baseline(), elapsed)) {
      return startRate;
    }
    double capacity = traffic.capacity();
    if (direction == Direction.DOWNLOAD && !charge.sure() && known.isKnown()) {
      capacity = Math.max(capacity, LEAST_IF_UNSURE * known.rate());
    }
    double share = givingWay.share(excess);
    return Math.max(patientFloor(rate, elapsed), Math.min(startRate, capacity * share));
  }

  /**
   * Where little was carried, little arrives whatever the capacity is: a link that is far slower
   * than its rate shows by congestion that lasts, and is approached step by step.
   */
  private double patientFloor(double rate, double elapsed) {
    if (traffic.recentLoad() >= LOADED) {
      return 0;
    }
    return congestedFor < PATIENCE ? rate : rate * Math.pow(PATIENT_CUT, elapsed / GROWTH_PERIOD);
  }

  /**
   * A delay that another direction has made. A download that was cut for it, and is held back by
   * that cut alone, gets its rate back, and grows on while its packets wait here.
   */
  private double wronglyLimited(double rate, double elapsed) {
    if (direction == Direction.UPLOAD) {
      return rate;
    }
    if (place.limitsNow() && rate < CUT * startRate) {
      return startRate;
    }
    if (!place.isHere()) {
      return rate;
    }
    calm(elapsed);
    startRate = Double.NaN;
    return grown(rate, elapsed);
  }

  private double tolerance() {
    return Math.min(LARGEST_TOLERANCE, TOLERANCE + TOLERANCE_OF_UNREST * known.unrest());
  }

  private double grown(double rate, double elapsed) {
    double bold = LARGEST_GROWTH * known.distance();
    double growth = GENTLE_GROWTH + GROWTH_OF_UNREST * known.unrest() + bold;
    double grown = rate * Math.pow(1 + Math.min(LARGEST_GROWTH, growth), periods(elapsed));
    return Math.max(rate, Math.min(grown, givingWay.most(known)));
  }

  private static double periods(double elapsed) {
    return Math.min(elapsed / GROWTH_PERIOD, 4);
  }

  /**
   * Uncongested: back to a little below where congestion began, and on from there if it is used.
   */
  private double recovered(double rate, double elapsed) {
    double grown = pressedFor > 0 ? grown(rate, elapsed) : rate;
    double target = givingWay.comeback(startRate, known.unrest());
    if (!(target > grown)) {
      startRate = Double.NaN;
      return grown;
    }
    double part = 1 - Math.pow(1 - RETURN, periods(elapsed));
    return Math.max(grown, rate + part * (target - rate));
  }
}
