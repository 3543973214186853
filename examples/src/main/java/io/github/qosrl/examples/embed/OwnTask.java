package io.github.qosrl.examples.embed;

import io.github.qosrl.core.QosException;
import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.Mdp;
import io.github.qosrl.rl.Task;
import io.github.qosrl.rl.Trainer;
import io.github.qosrl.rl.TrainingResult;
import java.util.SplittableRandom;

/**
 * A queue that must be kept short: work arrives in bursts, each unit that waits costs, and so does
 * each worker. Learns how many workers to use, 0 to 3.
 */
public final class OwnTask implements Mdp {
  private SplittableRandom random = new SplittableRandom(0);
  private int waiting;
  private boolean burst;
  private int steps;

  @Override
  public int observationSize() {
    return 2;
  }

  @Override
  public int actions() {
    return 4;
  }

  @Override
  public float[] reset(long seed) {
    random = new SplittableRandom(seed);
    waiting = random.nextInt(10);
    burst = false;
    steps = 0;
    return observation();
  }

  @Override
  public Outcome step(int workers) {
    burst = random.nextInt(10) == 0 ? !burst : burst;
    waiting = Math.max(0, Math.min(20, waiting + random.nextInt(burst ? 6 : 2)) - workers);
    double reward = -0.1 * waiting - 0.3 * workers;
    return new Outcome(observation(), reward, false, ++steps == 100);
  }

  private float[] observation() {
    return new float[] {waiting / 20f, burst ? 1 : 0};
  }

  /** Trains for 20,000 steps, then decides. */
  public static void main(String[] args) throws QosException, InterruptedException {
    DqnConfig config = DqnConfig.builder().discount(0.95).seed(1).build();
    TrainingResult result =
        Trainer.builder(Task.of(OwnTask::new), config).steps(20_000).build().run();
    result.best().ifPresent(best -> System.out.println("mean return " + best.mean()));
    System.out.println("workers in a burst: " + result.network().decide(new float[] {0.5f, 1}));
  }
}
