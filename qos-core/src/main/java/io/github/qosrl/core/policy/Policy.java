package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that decides: how observations become features, what the actions mean, and the network
 * between the two.
 *
 * <p>Its parts keep the history of an episode and scratch space, so an instance belongs to one
 * agent on one thread: {@link #fresh} gives another agent one of its own.
 *
 * @param encoder from an observation to features
 * @param actions from an action's index to a limit
 * @param network from features to an action's index
 * @param metadata where it comes from: scenario, seeds, evaluation score; text by key, unmodifiable
 */
public record Policy(
    FeatureEncoder encoder, ActionSet actions, MlpPolicy network, Map<String, String> metadata) {

  /** The key of {@link #interval} in the metadata; its value is a time such as {@code 50ms}. */
  public static final String INTERVAL = "interval";

  /**
   * @throws IllegalArgumentException if the network's inputs are not the encoder's features, or its
   *     outputs not the actions
   */
  public Policy {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    NetworkShape shape = network.shape();
    if (shape.inputs() != encoder.size()) {
      throw new IllegalArgumentException(
          "the network reads %d features, but encoder '%s' writes %d"
              .formatted(shape.inputs(), encoder.id(), encoder.size()));
    }
    if (shape.actions() != actions.size()) {
      throw new IllegalArgumentException(
          "the network chooses among %d actions, but action set '%s' has %d"
              .formatted(shape.actions(), actions.id(), actions.size()));
    }
  }

  /** The time between two decisions that it was trained at, if its metadata tell. */
  public Optional<Duration> interval() {
    return Optional.ofNullable(metadata.get(INTERVAL)).map(Settings::parseDuration);
  }

  /** An equal policy with no history, for another agent. */
  public Policy fresh() {
    FeatureEncoder freshEncoder = encoder.fresh();
    return new Policy(freshEncoder, actions.freshBeside(freshEncoder), network.copy(), metadata);
  }
}
