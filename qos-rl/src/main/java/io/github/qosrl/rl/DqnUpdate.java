package io.github.qosrl.rl;

import io.github.qosrl.rl.nd4j.QNetwork;
import io.github.qosrl.rl.replay.Batch;
import io.github.qosrl.rl.replay.ReplayBuffer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The update of a deep Q-network: the inner loop of algorithm 1 of Mnih et al. 2015, with the
 * switches of {@link DqnConfig}. Nothing is allocated per step.
 *
 * <pre>
 * sample (s, a, R, s′, γⁿ)                              from the replay
 * a* = argmax Q(s′, ·; θ)    or, not double, argmax Q(s′, ·; θ⁻)
 * y  = R + γⁿ Q(s′, a*; θ⁻)  or R where s′ is terminal
 * L  = mean of w · loss(y − Q(s, a; θ))
 * θ  ← Adam(θ, ∇L)                                      after clipping its norm
 * θ⁻ ← θ                                                every C steps, or softly
 * </pre>
 */
final class DqnUpdate {
  private final DqnConfig config;
  private final QNetwork online;
  private final QNetwork target;
  private final Adam adam;
  private final Batch batch;
  private final TemporalDifference difference;
  private final Imitation imitation;
  private final float[] y;
  private final float[] slope;
  private final float[] errors;
  private long steps;
  private double loss;
  private double meanQ;

  DqnUpdate(DqnConfig config, QNetwork online, QNetwork target) {
    this.config = config;
    this.online = online;
    this.target = target;
    int b = config.batchSize();
    int actions = online.shape().actions();
    adam = new Adam(online.parameters().length, config.adam());
    batch = new Batch(b, online.shape().inputs());
    difference = new TemporalDifference(config, actions);
    imitation = new Imitation(config.demonstrations(), actions, config.quantiles());
    y = new float[b * config.quantiles()];
    slope = new float[b * online.shape().outputs()];
    errors = new float[b];
  }

  /** One gradient step on a fresh sample. */
  void step(ReplayBuffer replay, RandomGenerator random) {
    replay.sample(batch, random);
    differentiate(batch);
    descend();
    replay.update(batch, errors);
  }

  /**
   * The loss of a batch; leaves its gradient in the online network.
   *
   * @return the mean loss
   */
  double differentiate(Batch batch) {
    int b = batch.size;
    float[] targetNext = target.forward(batch.observations, b, b);
    float[] q;
    if (config.doubleQ()) {
      // One pass over s and s′ together: the second half chooses, the first half learns.
      q = online.forward(batch.observations, 0, 2 * b);
      difference.targets(batch, q, b, targetNext, y);
    } else {
      difference.targets(batch, targetNext, 0, targetNext, y);
      q = online.forward(batch.observations, 0, b);
    }
    Arrays.fill(slope, 0f);
    loss = difference.loss(batch, q, y, slope, errors);
    loss += imitation.loss(batch, q, slope);
    meanQ = difference.meanOfTaken(batch, q);
    online.backward(slope, b);
    return loss;
  }

  private void descend() {
    double scale = 1;
    if (config.maxGradientNorm() > 0) {
      double norm = online.gradientNorm();
      scale = norm > config.maxGradientNorm() ? config.maxGradientNorm() / norm : 1;
    }
    adam.step(online, config.learningRate().at(steps), (float) scale);
    steps++;
    if (steps % config.targetUpdate().every() == 0) {
      target.approach(online, (float) config.targetUpdate().tau());
    }
  }

  /** Gradient steps so far. */
  long steps() {
    return steps;
  }

  /** Loss of the last step. */
  double loss() {
    return loss;
  }

  /** Mean value, in the last step, of the actions that were taken. */
  double meanQ() {
    return meanQ;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(steps);
    out.writeDouble(loss);
    out.writeDouble(meanQ);
    Floats.write(online.parameters(), out);
    Floats.write(target.parameters(), out);
    adam.save(out);
  }

  void restore(DataInput in) throws IOException {
    steps = in.readLong();
    loss = in.readDouble();
    meanQ = in.readDouble();
    Floats.read(online.parameters(), in);
    Floats.read(target.parameters(), in);
    online.parametersChanged();
    target.parametersChanged();
    adam.restore(in);
  }
}
