package io.github.qosrl.rl;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.MlpPolicy;
import java.util.ArrayList;
import java.util.List;

/** Plays episodes with a fixed network and without exploring. Not thread-safe. */
public final class Evaluator implements AutoCloseable {
  private final Rollout rollout;
  private final int[] actions;

  /** Opens the task's evaluation environment. */
  public Evaluator(Task task) {
    rollout = task.openEvaluation();
    actions = new int[task.streams()];
  }

  /**
   * The sum of rewards of one episode per seed.
   *
   * @throws QosException if the task fails
   * @throws InterruptedException if the thread was interrupted
   */
  public List<Double> returns(MlpPolicy network, long... seeds)
      throws QosException, InterruptedException {
    List<Double> returns = new ArrayList<>();
    for (long seed : seeds) {
      returns.add(play(network, seed));
    }
    return returns;
  }

  private double play(MlpPolicy network, long seed) throws QosException, InterruptedException {
    rollout.reset(seed);
    double sum = 0;
    do {
      for (int i = 0; i < actions.length; i++) {
        actions[i] = network.decide(rollout.observation(i));
      }
      rollout.step(actions);
      sum += rollout.score();
    } while (!rollout.terminated() && !rollout.truncated());
    return sum;
  }

  @Override
  public void close() throws QosException {
    rollout.close();
  }
}
