package io.github.qosrl.rl;

import io.github.qosrl.core.QosException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Plays training episodes in one rollout and hands the experience to the learner.
 *
 * <p>It remembers the seed and the actions of the present episode: rollouts are deterministic, so
 * that is all a checkpoint needs to get back to the middle of it.
 */
final class Player implements AutoCloseable {
  private final Rollout rollout;
  private final DqnLearner learner;
  private final int streams;
  private final int firstStream;
  private final float[][] before;
  private final int[] actions;
  private int[] played = new int[1024];
  private int playedCount;
  private long seed;
  private long length;
  private double total;

  Player(Rollout rollout, DqnLearner learner, int streams, int index) {
    this.rollout = rollout;
    this.learner = learner;
    this.streams = streams;
    this.firstStream = index * streams;
    before = new float[streams][];
    actions = new int[streams];
  }

  void start(long episodeSeed) throws QosException, InterruptedException {
    rollout.reset(episodeSeed);
    seed = episodeSeed;
    playedCount = 0;
    length = 0;
    total = 0;
  }

  /**
   * Takes one step.
   *
   * @return whether the episode has ended
   */
  boolean step() throws QosException, InterruptedException {
    for (int i = 0; i < streams; i++) {
      before[i] = rollout.observation(i);
      actions[i] = learner.act(before[i]);
      remember(actions[i]);
    }
    advance();
    boolean terminated = rollout.terminated();
    boolean truncated = rollout.truncated();
    for (int i = 0; i < streams; i++) {
      learner.observe(
          firstStream + i,
          before[i],
          actions[i],
          rollout.reward(i),
          rollout.observation(i),
          terminated,
          truncated);
    }
    return terminated || truncated;
  }

  private void advance() throws QosException, InterruptedException {
    rollout.step(actions);
    length++;
    total += rollout.score();
  }

  private void remember(int action) {
    if (playedCount == played.length) {
      played = Arrays.copyOf(played, 2 * playedCount);
    }
    played[playedCount++] = action;
  }

  /** Steps of the present episode. */
  long length() {
    return length;
  }

  /** Sum of rewards of the present episode. */
  double total() {
    return total;
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(seed);
    out.writeInt(playedCount);
    for (int i = 0; i < playedCount; i++) {
      out.writeInt(played[i]);
    }
  }

  /** Plays the saved episode up to where it was, learning nothing. */
  void restore(DataInput in) throws IOException, QosException, InterruptedException {
    start(in.readLong());
    int count = in.readInt();
    if (count < 0 || count % streams != 0) {
      throw new IOException("the saved episode is damaged");
    }
    for (int i = 0; i < count; i += streams) {
      for (int s = 0; s < streams; s++) {
        actions[s] = in.readInt();
        remember(actions[s]);
      }
      advance();
    }
  }

  @Override
  public void close() throws QosException {
    rollout.close();
  }
}
