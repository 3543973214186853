package io.github.qosrl.rl;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.FeatureEncoder;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deep Q-network in charge of a link: decides, and learns from what came of it, on a live link
 * too.
 *
 * <p>One network serves both directions; each controlled direction is a stream of experience of its
 * own, credited with a reward of its own if one is given. Where a safety envelope changed the
 * agent's plan, the action nearest to what was put in force is the one that is learned from.
 *
 * <p>Not thread-safe. To train in a simulated link, {@link Trainer} with a {@link LinkTask} is
 * faster and keeps the best network.
 */
public final class DqnAgent implements Agent {
  private final DqnLearner learner;
  private final FeatureEncoder encoder;
  private final ActionSet actions;
  private final Optional<Reward> reward;
  private final LinkCodec codec;
  private final int[] chosen;
  private boolean learning = true;
  private Optional<Duration> interval = Optional.empty();

  /**
   * Makes an agent that knows nothing yet.
   *
   * @param config every switch of the learner
   * @param encoder turns observations into features; the agent uses a fresh one
   * @param actions what there is to choose from; the agent uses a fresh set
   * @param directions the directions to control; empty for those that the plan of an episode's
   *     first observation limits, or both if it limits none
   * @param reward judges each direction by itself; empty credits each with the environment's reward
   * @throws MissingBackendException if ND4J has no backend that it can use; the message names the
   *     artifact to add
   */
  public DqnAgent(
      DqnConfig config,
      FeatureEncoder encoder,
      ActionSet actions,
      Set<Direction> directions,
      Optional<Reward> reward) {
    this.codec = new LinkCodec(encoder, actions, directions);
    this.learner = new DqnLearner(config, encoder.size(), actions.size());
    this.encoder = encoder;
    this.actions = actions;
    this.reward = reward;
    this.chosen = new int[Direction.values().length];
  }

  /**
   * Starts from a trained policy instead of from nothing: takes over its weights.
   *
   * @throws IllegalArgumentException if the policy's network has another shape than this agent's
   */
  public void startFrom(Policy policy) {
    learner.startFrom(policy.network());
    interval = policy.interval();
  }

  /** Whether to explore and learn, as it does at first, or only to decide. */
  public void learning(boolean on) {
    learning = on;
  }

  /** The learner inside: its progress, its values. */
  public DqnLearner learner() {
    return learner;
  }

  @Override
  public ShapingPlan act(Observation observation) {
    codec.take(observation);
    for (int i = 0; i < codec.streams(); i++) {
      float[] features = codec.features(i);
      chosen[i] = learning ? learner.act(features) : learner.bestAction(features);
    }
    return codec.plan(observation, chosen);
  }

  @Override
  public void learn(Transition transition) {
    if (!learning) {
      return;
    }
    codec.take(transition.observation());
    for (int i = 0; i < codec.streams(); i++) {
      chosen[i] = codec.nearest(i, transition.action(), transition.observation(), chosen[i]);
    }
    codec.take(transition.next());
    for (int i = 0; i < codec.streams(); i++) {
      learner.observe(
          codec.direction(i).ordinal(),
          codec.previousFeatures(i),
          chosen[i],
          credit(i, transition),
          codec.features(i),
          transition.terminated(),
          transition.truncated());
    }
  }

  private double credit(int stream, Transition t) {
    return reward.isPresent()
        ? reward.get().of(codec.direction(stream), t.observation(), t.action(), t.next())
        : t.reward();
  }

  @Override
  public Optional<Duration> preferredInterval() {
    return interval;
  }

  @Override
  public void reset() {
    for (Direction direction : Direction.values()) {
      learner.cut(direction.ordinal());
    }
    codec.reset();
  }

  /**
   * What it has learned so far, as a policy that decides in plain Java.
   *
   * @param metadata where it comes from, text by key
   */
  public Policy policy(Map<String, String> metadata) {
    MlpPolicy network = learner.network();
    return new Policy(encoder.fresh(), actions.fresh(), network, metadata);
  }

  /**
   * Saves the whole learner: weights, optimiser, replay, random state. The file is replaced as a
   * whole.
   *
   * @throws QosException if it cannot be written
   */
  public void save(Path file) throws QosException {
    new Checkpoint(file).save(learner::save);
  }

  /**
   * Goes on from what {@link #save} wrote.
   *
   * @return false if there is no such file
   * @throws QosException if it is damaged, or was saved by an agent with another configuration
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean load(Path file) throws QosException, InterruptedException {
    return new Checkpoint(file).load(learner::restore);
  }

  @Override
  public void close() {
    learner.close();
  }
}
