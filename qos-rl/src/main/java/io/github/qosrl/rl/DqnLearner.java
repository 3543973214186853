package io.github.qosrl.rl;

import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.rl.nd4j.BackendException;
import io.github.qosrl.rl.nd4j.NetworkShape;
import io.github.qosrl.rl.nd4j.QNetwork;
import io.github.qosrl.rl.replay.NStepReturns;
import io.github.qosrl.rl.replay.PrioritisedReplay;
import io.github.qosrl.rl.replay.ReplayBuffer;
import io.github.qosrl.rl.replay.UniformReplay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A deep Q-network that learns as it goes: algorithm 1 of Mnih et al. 2015, without the
 * environment. Chooses ε-greedily, remembers, and takes a gradient step every so many steps.
 *
 * <p>Several streams of experience may feed it: parallel environments, the two directions of a
 * link. Each stream's steps must arrive in order; the streams may be interleaved at will. Not
 * thread-safe.
 */
public final class DqnLearner implements AutoCloseable {
  private final DqnConfig config;
  private final NetworkShape shape;
  private final QNetwork online;
  private final QNetwork target;
  private final DqnUpdate update;
  private final ReplayBuffer replay;
  private final List<NStepReturns> streams = new ArrayList<>();
  private final SplitMix64 random;
  private final float[] values;
  private long steps;

  /**
   * Makes a learner that knows nothing yet.
   *
   * @param observationSize numbers in an observation
   * @param actions number of actions
   * @throws IllegalArgumentException if the network is too large for a policy
   * @throws MissingBackendException if ND4J has no backend that it can use; the message names the
   *     artifact to add
   */
  public DqnLearner(DqnConfig config, int observationSize, int actions) {
    this.config = config;
    shape =
        new NetworkShape(
            observationSize, config.hidden(), actions, config.quantiles(), config.dueling());
    NetworkExport.policyShape(shape); // Refuses now what could not be exported later.
    random = new SplitMix64(config.seed());
    replay = replay(observationSize);
    online = network(shape, 2 * config.batchSize());
    target = network(shape, config.batchSize());
    values = new float[shape.outputs()];
    update = new DqnUpdate(config, online, target);
    initialise();
  }

  private static QNetwork network(NetworkShape shape, int maxRows) {
    try {
      return QNetwork.create(shape, maxRows);
    } catch (BackendException e) {
      throw new MissingBackendException(String.valueOf(e.getMessage()), e);
    }
  }

  private ReplayBuffer replay(int observationSize) {
    int capacity = config.replayCapacity();
    if (config.prioritised().isEmpty()) {
      return new UniformReplay(capacity, observationSize);
    }
    Prioritisation p = config.prioritised().get();
    return new PrioritisedReplay(
        capacity, observationSize, p.alpha(), () -> p.beta().at(steps), p.epsilon());
  }

  /** Each weight and bias uniform in ±1/√inputs, as PyTorch's linear layers begin. */
  private void initialise() {
    float[] theta = online.parameters();
    for (NetworkShape.Layer layer : shape.layers()) {
      float bound = (float) (1 / Math.sqrt(layer.inputs()));
      for (int i = layer.weights(); i < layer.bias() + layer.outputs(); i++) {
        theta[i] = bound * (2 * random.nextFloat() - 1);
      }
    }
    online.parametersChanged();
    target.approach(online, 1);
  }

  /** What it was made with. */
  public DqnConfig config() {
    return config;
  }

  /** The action to take while learning: random with probability ε, otherwise the best. */
  public int act(float[] observation) {
    if (random.nextDouble() < epsilon()) {
      return random.nextInt(shape.actions());
    }
    return bestAction(observation);
  }

  /** The action with the largest value. */
  public int bestAction(float[] observation) {
    online.evaluate(observation, values);
    return TemporalDifference.best(values, 0, shape.actions(), shape.quantiles());
  }

  /**
   * The values of an observation.
   *
   * @param out receives, for each action in turn, its expected return or its quantiles
   */
  public void values(float[] observation, float[] out) {
    online.evaluate(observation, out);
  }

  /**
   * Takes in one step of a stream, and learns if it is time to.
   *
   * @param stream counts from 0
   * @param terminated no reward follows {@code next}
   * @param truncated the episode was cut off after {@code next}
   */
  public void observe(
      int stream,
      float[] observation,
      int action,
      double reward,
      float[] next,
      boolean terminated,
      boolean truncated) {
    stream(stream).add(observation, action, (float) reward, next, terminated, truncated, false);
    steps++;
    if (steps >= config.warmup() && steps % config.trainEvery() == 0 && replay.size() > 0) {
      update.step(replay, random);
    }
  }

  /**
   * Takes in one step of another agent's recorded run, without learning from it yet.
   *
   * @see #train
   */
  public void demonstrate(
      int stream,
      float[] observation,
      int action,
      double reward,
      float[] next,
      boolean terminated,
      boolean truncated) {
    stream(stream).add(observation, action, (float) reward, next, terminated, truncated, true);
  }

  /** Transitions that are remembered. */
  public int remembered() {
    return replay.size();
  }

  /** The episode of a stream was cut off after its last step. */
  public void cut(int stream) {
    stream(stream).cut();
  }

  /**
   * Takes one gradient step on what is remembered.
   *
   * @throws IllegalStateException if nothing is
   */
  public void train() {
    if (replay.size() == 0) {
      throw new IllegalStateException("there is no experience to learn from yet");
    }
    update.step(replay, random);
  }

  private NStepReturns stream(int stream) {
    while (streams.size() <= stream) {
      streams.add(new NStepReturns(config.nStep(), config.discount(), shape.inputs(), replay));
    }
    return streams.get(stream);
  }

  /** Steps taken in so far, over all streams. */
  public long steps() {
    return steps;
  }

  /** Gradient steps taken so far. */
  public long gradientSteps() {
    return update.steps();
  }

  /** The present probability of a random action. */
  public double epsilon() {
    return config.exploration().at(steps);
  }

  /** Loss of the last gradient step; 0 before the first. */
  public double loss() {
    return update.loss();
  }

  /** Mean value, in the last gradient step, of the actions taken; 0 before the first. */
  public double meanQ() {
    return update.meanQ();
  }

  /**
   * Takes over the weights of a trained network.
   *
   * @throws IllegalArgumentException if it has another shape, or this learner has dueling heads,
   *     which a policy's output layer cannot be taken apart into
   */
  public void startFrom(MlpPolicy network) {
    NetworkExport.load(network, shape, online.parameters());
    online.parametersChanged();
    target.approach(online, 1);
  }

  /** A copy of the network as it is now, which decides in plain Java. */
  public MlpPolicy network() {
    return NetworkExport.export(shape, online.parameters());
  }

  /** Writes everything that {@link #restore} needs to go on bit for bit. */
  void save(DataOutput out) throws IOException {
    out.writeUTF(config.toString());
    out.writeUTF(shape.toString());
    out.writeLong(random.state());
    out.writeLong(steps);
    update.save(out);
    replay.save(out);
    out.writeInt(streams.size());
    for (NStepReturns stream : streams) {
      stream.save(out);
    }
  }

  /**
   * Becomes the learner that was saved.
   *
   * @throws IOException if it cannot be read, or was saved by a learner with another configuration
   */
  void restore(DataInput in) throws IOException {
    String savedConfig = in.readUTF();
    if (!savedConfig.equals(config.toString())) {
      throw new IOException(
          "it was saved with another configuration: "
              + RecordText.differences(savedConfig, config.toString()));
    }
    String savedShape = in.readUTF();
    if (!savedShape.equals(shape.toString())) {
      throw new IOException("its network is %s; this one is %s".formatted(savedShape, shape));
    }
    random.restore(in.readLong());
    steps = in.readLong();
    update.restore(in);
    replay.restore(in);
    int count = in.readInt();
    if (count < 0 || count > 1 << 20) {
      throw new IOException("it is damaged");
    }
    for (int i = 0; i < count; i++) {
      stream(i).restore(in);
    }
  }

  @Override
  public void close() {
    online.close();
    target.close();
  }
}
