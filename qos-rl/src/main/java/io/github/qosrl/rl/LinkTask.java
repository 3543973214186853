package io.github.qosrl.rl;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.FeatureEncoder;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.Policy;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The task of controlling a link. Each controlled direction is a stream of its own, and one network
 * serves them all.
 *
 * @param environments opens links to train on, usually simulated ones
 * @param evaluationEnvironments opens links to evaluate on
 * @param encoder turns observations into features; each rollout gets a fresh one
 * @param actionSet what there is to choose from; each rollout gets a fresh set
 * @param directions the directions to control; at least one
 * @param reward judges each direction by itself; empty credits each with the environment's reward
 */
public record LinkTask(
    Supplier<? extends Environment> environments,
    Supplier<? extends Environment> evaluationEnvironments,
    FeatureEncoder encoder,
    ActionSet actionSet,
    Set<Direction> directions,
    Optional<Reward> reward)
    implements Task {

  /**
   * @throws IllegalArgumentException if no direction is given
   */
  public LinkTask {
    if (directions.isEmpty()) {
      throw new IllegalArgumentException("no direction to control; name download, upload or both");
    }
    directions = Set.copyOf(directions);
  }

  /** Both directions, judged by the environment, evaluated on the kind of link trained on. */
  public static LinkTask of(
      Supplier<? extends Environment> environments, FeatureEncoder encoder, ActionSet actions) {
    return new LinkTask(
        environments,
        environments,
        encoder,
        actions,
        EnumSet.allOf(Direction.class),
        Optional.empty());
  }

  /** This task with each direction credited by a reward of its own. */
  public LinkTask withReward(Reward perDirection) {
    return new LinkTask(
        environments,
        evaluationEnvironments,
        encoder,
        actionSet,
        directions,
        Optional.of(perDirection));
  }

  /** This task, evaluated on other links than it is trained on. */
  public LinkTask evaluatedOn(Supplier<? extends Environment> heldOut) {
    return new LinkTask(environments, heldOut, encoder, actionSet, directions, reward);
  }

  /** This task for some directions only. */
  public LinkTask controlling(Set<Direction> some) {
    return new LinkTask(environments, evaluationEnvironments, encoder, actionSet, some, reward);
  }

  /**
   * A trained network with all it needs to run.
   *
   * @param metadata where it comes from, text by key
   */
  public Policy policy(MlpPolicy network, Map<String, String> metadata) {
    return new Policy(encoder.fresh(), actionSet.fresh(), network, metadata);
  }

  /**
   * Recorded runs of any agent on links like these, as demonstrations.
   *
   * @param runLogs files that {@link io.github.qosrl.core.record.JsonLinesRunLog} wrote
   */
  public Demonstrations recorded(List<Path> runLogs) {
    return new LinkDemonstrations.Recorded(this, List.copyOf(runLogs));
  }

  /**
   * Another agent's runs on the training links, as demonstrations.
   *
   * @param agent who is watched; not closed
   * @param seeds one episode each
   */
  public Demonstrations played(Agent agent, long... seeds) {
    return new LinkDemonstrations.Played(this, agent, seeds.clone());
  }

  @Override
  public int observationSize() {
    return encoder.size();
  }

  @Override
  public int actions() {
    return actionSet.size();
  }

  @Override
  public int streams() {
    return directions.size();
  }

  @Override
  public Rollout open() {
    return new LinkRollout(environments.get());
  }

  @Override
  public Rollout openEvaluation() {
    return new LinkRollout(evaluationEnvironments.get());
  }

  private final class LinkRollout implements Rollout {
    private final Environment environment;
    private final LinkCodec codec = new LinkCodec(encoder, actionSet, directions);
    private final double[] rewards = new double[directions.size()];
    private @Nullable Observation observation;
    private @Nullable Step last;

    LinkRollout(Environment environment) {
      this.environment = environment;
    }

    @Override
    public void reset(long seed) throws QosException, InterruptedException {
      Observation first = environment.reset(seed);
      codec.reset();
      codec.take(first);
      observation = first;
      last = null;
    }

    @Override
    public float[] observation(int stream) {
      return codec.features(stream);
    }

    @Override
    public void step(int[] actions) throws QosException, InterruptedException {
      Observation before = observation;
      if (before == null) {
        throw new IllegalStateException("step before the first reset");
      }
      ShapingPlan plan = codec.plan(before, actions);
      Step step = environment.step(plan);
      for (int i = 0; i < rewards.length; i++) {
        Direction direction = codec.direction(i);
        rewards[i] =
            reward.isPresent()
                ? reward.get().of(direction, before, plan, step.observation())
                : step.reward();
      }
      codec.take(step.observation());
      observation = step.observation();
      last = step;
    }

    @Override
    public double reward(int stream) {
      return rewards[stream];
    }

    @Override
    public double score() {
      return last == null ? 0 : last.reward();
    }

    @Override
    public boolean terminated() {
      return last != null && last.terminated();
    }

    @Override
    public boolean truncated() {
      return last != null && last.truncated();
    }

    @Override
    public void close() throws QosException {
      environment.close();
    }
  }
}
