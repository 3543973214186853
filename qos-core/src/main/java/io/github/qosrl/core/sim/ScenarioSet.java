package io.github.qosrl.core.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Scenarios to learn from, to choose by, and to be judged on. No two sets share a scenario: their
 * seeds differ, and the test set has kinds of links that the others lack.
 */
public enum ScenarioSet {
  /** To learn from. */
  TRAINING(EnumSet.complementOf(EnumSet.of(ScenarioFamily.STARLINK, ScenarioFamily.FLICKER))),
  /** To choose the best of several learners by: the same kinds as in training. */
  VALIDATION(EnumSet.complementOf(EnumSet.of(ScenarioFamily.STARLINK, ScenarioFamily.FLICKER))),
  /** To be judged on: every kind. */
  TEST(EnumSet.allOf(ScenarioFamily.class));

  private final List<ScenarioFamily> families;

  ScenarioSet(Set<ScenarioFamily> families) {
    this.families = List.copyOf(families);
  }

  /** The kinds of links in this set. */
  public List<ScenarioFamily> families() {
    return families;
  }

  /**
   * A scenario of this set; successive seeds take the kinds in turn.
   *
   * @param seed any number
   */
  public Scenario draw(long seed) {
    ScenarioFamily family = families.get((int) Math.floorMod(seed, (long) families.size()));
    return family.draw(seed * values().length + ordinal());
  }

  /**
   * The same scenario, but in a part of the cases pings have a queue of their own, in which they do
   * not see the users'.
   *
   * @param seed any number
   * @param icmpApart that part, 0 to 1
   */
  public Scenario drawWithIcmpApart(long seed, double icmpApart) {
    boolean apart =
        new SplittableRandom(seed * values().length + ordinal()).nextDouble() < icmpApart;
    return draw(seed).toBuilder().icmpApart(apart).build();
  }
}
