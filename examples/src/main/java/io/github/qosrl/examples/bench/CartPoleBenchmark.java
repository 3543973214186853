package io.github.qosrl.examples.bench;

import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.DqnLearner;
import io.github.qosrl.rl.Mdp;
import io.github.qosrl.rl.TargetUpdate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole loop on CartPole-v1: choose, step, remember, one gradient step; 4-64-64-2, batch 64.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CartPoleBenchmark {
  private final Mdp task = new CartPole();
  private final DqnLearner learner =
      new DqnLearner(
          DqnConfig.builder()
              .batchSize(64)
              .doubleQ(false)
              .maxGradientNorm(0)
              .learningRate(1e-3)
              .targetUpdate(TargetUpdate.hard(500))
              .build(),
          4,
          2);
  private float[] observation = task.reset(0);
  private long episode;

  /** Frees the network. */
  @TearDown(Level.Trial)
  public void close() {
    learner.close();
  }

  /** One step of everything. */
  @Benchmark
  public double step() {
    int action = learner.act(observation);
    Mdp.Outcome o = task.step(action);
    learner.observe(
        0, observation, action, o.reward(), o.observation(), o.terminated(), o.truncated());
    boolean ended = o.terminated() || o.truncated();
    observation = ended ? task.reset(++episode) : o.observation();
    return learner.loss();
  }
}
