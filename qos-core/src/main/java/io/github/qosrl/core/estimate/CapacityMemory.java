package io.github.qosrl.core.estimate;

import io.github.qosrl.core.Estimate;

/**
 * The capacity of one direction's bottleneck: what leaves it while its queue stands. While none
 * stands, that is only a lower bound, and what was seen before grows old. Rates in bit/s, times in
 * seconds.
 */
final class CapacityMemory {
  /** Time constant with which departures are averaged while the queue stands. */
  private static final double AVERAGING = 0.15;

  /** Time constant with which certainty fades: capacities move within seconds. */
  private static final double FADING = 5;

  private double rate = Double.NaN;
  private Estimate.Source source = Estimate.Source.NONE;
  private double certainty;
  private double age;

  void reset() {
    rate = Double.NaN;
    source = Estimate.Source.NONE;
    certainty = 0;
    age = 0;
  }

  /** Takes in a tick in which the queue stood, and this left it. */
  void seen(Estimate departures, double elapsed) {
    double weight = Double.isNaN(rate) || age > AVERAGING ? 1 : 1 - Math.exp(-elapsed / AVERAGING);
    double before = Double.isNaN(rate) ? departures.value() : rate;
    rate = before + weight * (departures.value() - before);
    source = departures.source();
    certainty = departures.certainty();
    age = departures.age();
  }

  /**
   * Takes in a tick in which no queue was seen: the capacity is at least what left, and may be any
   * more.
   */
  void atLeast(Estimate departures, double elapsed) {
    age += elapsed;
    if (departures.known() && !(departures.value() <= rate)) {
      rate = departures.value();
      source = departures.source();
      certainty = 0;
      age = departures.age();
    }
  }

  Estimate estimate() {
    return Double.isNaN(rate)
        ? Estimate.UNKNOWN
        : new Estimate(rate, source, age, certainty * Math.exp(-age / FADING));
  }
}
