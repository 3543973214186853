package io.github.qosrl.rl.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Turns one stream of single steps into n-step transitions (Sutton 1988; Hessel et al. 2018,
 * "Multi-step learning"): {@code R = Σ γᵏ rₖ₊₁}, bootstrapped with γⁿ. At the end of an episode the
 * remaining ones have fewer steps. Not thread-safe.
 */
public final class NStepReturns {
  private final int n;
  private final float discount;
  private final ReplayBuffer replay;
  private final float[][] observations;
  private final int[] actions;
  private final float[] rewards;
  private final boolean[] demonstrations;
  private int oldest;
  private int count;
  private final float[] latest;

  /**
   * @param n steps per return
   * @param discount γ
   * @param observationSize numbers in an observation
   * @param replay where complete transitions go
   */
  public NStepReturns(int n, double discount, int observationSize, ReplayBuffer replay) {
    this.n = n;
    this.discount = (float) discount;
    this.replay = replay;
    observations = new float[n][observationSize];
    actions = new int[n];
    rewards = new float[n];
    demonstrations = new boolean[n];
    latest = new float[observationSize];
  }

  /**
   * Takes in one step.
   *
   * @param terminated no reward follows {@code next}
   * @param truncated the episode was cut off after {@code next}
   */
  public void add(
      float[] observation,
      int action,
      float reward,
      float[] next,
      boolean terminated,
      boolean truncated,
      boolean demonstration) {
    int slot = (oldest + count) % n;
    System.arraycopy(observation, 0, observations[slot], 0, observation.length);
    actions[slot] = action;
    rewards[slot] = reward;
    demonstrations[slot] = demonstration;
    System.arraycopy(next, 0, latest, 0, next.length);
    count++;
    if (terminated || truncated) {
      flush(terminated);
    } else if (count == n) {
      emit(false);
    }
  }

  /** The episode was cut off after the last step that was added. */
  public void cut() {
    flush(false);
  }

  private void flush(boolean terminated) {
    while (count > 0) {
      emit(terminated);
    }
  }

  private void emit(boolean terminated) {
    float total = 0f;
    float gamma = 1f;
    for (int k = 0; k < count; k++) {
      total += gamma * rewards[(oldest + k) % n];
      gamma *= discount;
    }
    replay.add(
        observations[oldest],
        actions[oldest],
        total,
        latest,
        terminated ? 0f : gamma,
        demonstrations[oldest]);
    oldest = (oldest + 1) % n;
    count--;
  }

  /** Writes the steps that wait for their return. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(n);
    out.writeInt(count);
    for (int k = 0; k < count; k++) {
      int slot = (oldest + k) % n;
      write(observations[slot], out);
      out.writeInt(actions[slot]);
      out.writeFloat(rewards[slot]);
      out.writeBoolean(demonstrations[slot]);
    }
    write(latest, out);
  }

  /**
   * Takes over what was saved.
   *
   * @throws IOException if it cannot be read, or was saved with another n
   */
  public void restore(DataInput in) throws IOException {
    int savedN = in.readInt();
    int savedCount = in.readInt();
    if (savedN != n || savedCount < 0 || savedCount > n) {
      throw new IOException("the saved returns run over " + savedN + " steps, these over " + n);
    }
    oldest = 0;
    count = savedCount;
    for (int k = 0; k < count; k++) {
      read(observations[k], in);
      actions[k] = in.readInt();
      rewards[k] = in.readFloat();
      demonstrations[k] = in.readBoolean();
    }
    read(latest, in);
  }

  private static void write(float[] values, DataOutput out) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static void read(float[] values, DataInput in) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
  }
}
