package io.github.qosrl.rl.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Keeps the newest transitions up to a capacity, and draws minibatches from them. Not thread-safe.
 */
public interface ReplayBuffer {

  /** Transitions that are held. */
  int size();

  /**
   * Takes in a transition; the oldest makes room.
   *
   * @param observation s, copied
   * @param action a
   * @param reward rewards, discounted and summed over n steps
   * @param next s′, copied
   * @param bootstrap what the value of s′ counts: γⁿ, or 0 where s′ is terminal
   * @param demonstration whether another agent's decision is to be imitated
   */
  void add(
      float[] observation,
      int action,
      float reward,
      float[] next,
      float bootstrap,
      boolean demonstration);

  /** Fills a batch. At least one transition must be held. */
  void sample(Batch batch, RandomGenerator random);

  /**
   * Tells how wrong the network was on a sampled batch; a buffer without priorities ignores it.
   *
   * @param errors absolute temporal-difference errors
   */
  default void update(Batch batch, float[] errors) {}

  /** Writes everything that {@link #restore} needs. */
  void save(DataOutput out) throws IOException;

  /**
   * Becomes equal to the buffer that was saved, which had the same capacity and observation size.
   *
   * @throws IOException if it cannot be read, or was saved by a different buffer
   */
  void restore(DataInput in) throws IOException;
}
