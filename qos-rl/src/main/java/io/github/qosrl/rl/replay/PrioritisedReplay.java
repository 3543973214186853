package io.github.qosrl.rl.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Draws a transition with probability {@code P(i) ∝ pᵢ^α}, {@code p = |δ| + ε}, one from each of
 * equal parts of the total, and weights its loss by {@code (N·P(i))^−β}, divided by the batch's
 * largest weight (Schaul et al. 2016, algorithm 1, proportional variant). New transitions have the
 * largest priority seen.
 */
public final class PrioritisedReplay implements ReplayBuffer {
  private final Transitions transitions;
  private final SumTree tree;
  private final int capacity;
  private final double alpha;
  private final DoubleSupplier beta;
  private final double epsilon;
  private double largest = 1;

  /**
   * @param capacity most transitions held
   * @param observationSize numbers in an observation
   * @param alpha how much priorities matter, 0 to 1
   * @param beta how much the weights correct for that, 0 to 1, now
   * @param epsilon what keeps every transition drawable, positive
   */
  public PrioritisedReplay(
      int capacity, int observationSize, double alpha, DoubleSupplier beta, double epsilon) {
    this.capacity = capacity;
    transitions = new Transitions(capacity, observationSize);
    tree = new SumTree(capacity);
    this.alpha = alpha;
    this.beta = beta;
    this.epsilon = epsilon;
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
    int slot = transitions.add(observation, action, reward, next, bootstrap, demonstration);
    tree.set(slot, largest);
  }

  @Override
  public void sample(Batch batch, RandomGenerator random) {
    double part = tree.sum() / batch.size;
    double exponent = -beta.getAsDouble();
    double largestWeight = 0;
    for (int i = 0; i < batch.size; i++) {
      int slot = tree.find((i + random.nextDouble()) * part);
      transitions.copy(slot, batch, i);
      double probability = tree.get(slot) / tree.sum();
      double weight = Math.pow(transitions.size() * probability, exponent);
      batch.weights[i] = (float) weight;
      largestWeight = Math.max(largestWeight, weight);
    }
    for (int i = 0; i < batch.size; i++) {
      batch.weights[i] /= (float) largestWeight;
    }
  }

  @Override
  public void update(Batch batch, float[] errors) {
    for (int i = 0; i < batch.size; i++) {
      double priority = Math.pow(errors[i] + epsilon, alpha);
      tree.set(batch.slots[i], priority);
      largest = Math.max(largest, priority);
    }
  }

  @Override
  public void save(DataOutput out) throws IOException {
    transitions.save(out);
    out.writeDouble(largest);
    for (int slot = 0; slot < transitions.size(); slot++) {
      out.writeDouble(tree.get(slot));
    }
  }

  @Override
  public void restore(DataInput in) throws IOException {
    transitions.restore(in);
    largest = in.readDouble();
    for (int slot = 0; slot < capacity; slot++) {
      double priority = slot < transitions.size() ? in.readDouble() : 0;
      if (!(priority >= 0 && priority < Double.POSITIVE_INFINITY)) {
        throw new IOException("the saved priorities are damaged");
      }
      tree.set(slot, priority);
    }
  }
}
