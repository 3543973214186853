package io.github.qosrl.rl;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.FeatureEncoder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Between links and vectors: one stream per controlled direction. Keeps the vectors of the present
 * and the previous observation.
 */
final class LinkCodec {
  private final FeatureEncoder encoder;
  private final ActionSet actions;
  private final Set<Direction> configured;
  private Direction[] directions;
  private float[][] features;
  private float[][] previousFeatures;
  private @Nullable Observation observation;

  /**
   * A codec with fresh copies of its parts.
   *
   * @param directions the directions to control; empty for those that the plan of an episode's
   *     first observation limits, or both if it limits none
   */
  LinkCodec(FeatureEncoder encoder, ActionSet actions, Set<Direction> directions) {
    this.encoder = encoder.fresh();
    this.actions = actions.freshBeside(this.encoder);
    this.configured = Set.copyOf(directions);
    this.directions = sorted(directions);
    features = new float[Direction.values().length][encoder.size()];
    previousFeatures = new float[Direction.values().length][encoder.size()];
  }

  private static Direction[] sorted(Set<Direction> directions) {
    return Arrays.stream(Direction.values()).filter(directions::contains).toArray(Direction[]::new);
  }

  /** Decisions per observation; with no directions configured, known from the first one on. */
  int streams() {
    return directions.length;
  }

  Direction direction(int stream) {
    return directions[stream];
  }

  void reset() {
    encoder.reset();
    actions.reset();
    observation = null;
  }

  /** Takes in an observation; the same one again changes nothing. */
  @SuppressWarnings("ReferenceEquality") // The very object that was taken in, not an equal one.
  void take(Observation next) {
    if (next == observation) {
      return;
    }
    float[][] spare = previousFeatures;
    previousFeatures = features;
    features = spare;
    if (observation == null && configured.isEmpty()) {
      directions = sorted(limited(next.plan()));
    }
    observation = next;
    for (int i = 0; i < directions.length; i++) {
      encoder.encode(next, directions[i], features[i]);
    }
  }

  private static Set<Direction> limited(ShapingPlan plan) {
    EnumSet<Direction> limited = EnumSet.allOf(Direction.class);
    limited.removeIf(d -> !plan.limits(d));
    return limited.isEmpty() ? EnumSet.allOf(Direction.class) : limited;
  }

  /** The vector of the present observation. */
  float[] features(int stream) {
    return features[stream];
  }

  /** The vector of the observation before. */
  float[] previousFeatures(int stream) {
    return previousFeatures[stream];
  }

  /** The plan that the actions stand for. */
  ShapingPlan plan(Observation seen, int[] chosen) {
    ShapingPlan plan = seen.plan();
    for (int i = 0; i < directions.length; i++) {
      plan = plan.with(directions[i], actions.apply(chosen[i], seen, directions[i]));
    }
    return plan;
  }

  /** The action that comes nearest to what a plan says of a stream's direction. */
  int nearest(int stream, ShapingPlan plan, Observation seen, int absent) {
    Direction direction = directions[stream];
    return plan.limit(direction)
        .map(limit -> actions.nearest(limit, seen, direction))
        .orElse(absent);
  }
}
