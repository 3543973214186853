package io.github.qosrl.core.policy;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import java.util.Map;

/**
 * Turns what an agent sees into the numbers that a network reads, one direction at a time: one
 * network serves both directions.
 *
 * <p>An encoder may keep the history of an episode; {@link #reset} forgets it. Not thread-safe.
 */
public interface FeatureEncoder {

  /** The name that a policy file knows it by. */
  String id();

  /** What it takes, beside the id, to build an equal encoder: text by key, for the policy file. */
  Map<String, String> parameters();

  /** The number of features. */
  int size();

  /** Forgets the episode's history. */
  void reset();

  /**
   * Takes in the observation of a tick and writes the features of one direction. Called once for
   * each controlled direction at every tick, never twice.
   *
   * @param out receives the features in {@code out[0 .. size() - 1]}; all finite, most within -1..1
   */
  void encode(Observation observation, Direction direction, float[] out);

  /** An equal encoder with no history. */
  FeatureEncoder fresh();
}
