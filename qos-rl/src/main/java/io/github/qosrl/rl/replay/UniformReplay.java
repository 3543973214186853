package io.github.qosrl.rl.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Every transition is as likely as any other, with replacement (Mnih et al. 2015). */
public final class UniformReplay implements ReplayBuffer {
  private final Transitions transitions;

  /**
   * @param capacity most transitions held
   * @param observationSize numbers in an observation
   */
  public UniformReplay(int capacity, int observationSize) {
    transitions = new Transitions(capacity, observationSize);
  }

  @Override
  public int size() {
    return transitions.size();
  }

  @Override
  public void add(
      float[] observation,
      int action,
      float reward,
      float[] next,
      float bootstrap,
      boolean demonstration) {
    transitions.add(observation, action, reward, next, bootstrap, demonstration);
  }

  @Override
  public void sample(Batch batch, RandomGenerator random) {
    int size = transitions.size();
    for (int i = 0; i < batch.size; i++) {
      transitions.copy(random.nextInt(size), batch, i);
    }
    Arrays.fill(batch.weights, 1f);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    transitions.save(out);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    transitions.restore(in);
  }
}
