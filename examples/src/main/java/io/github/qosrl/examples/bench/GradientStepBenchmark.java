package io.github.qosrl.examples.bench;

import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.DqnLearner;
import io.github.qosrl.rl.TargetUpdate;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What learning costs: one gradient step of a 16-h-h-9 network, from drawing the batch among
 * 100,000 transitions to Adam. Plain DQN, as the PyTorch script beside it does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GradientStepBenchmark {
  private static final int INPUTS = 16;
  private static final int ACTIONS = 9;
  private static final int TRANSITIONS = 100_000;

  /** Width of both hidden layers, and transitions in a batch. */
  @Param({"64:64", "256:64", "256:256"})
  public String size = "64:64";

  /** Double DQN, which looks at the next observations twice. */
  @Param("false")
  public boolean twice;

  private DqnLearner learner = filled("64:64", false);

  private static DqnLearner filled(String size, boolean twice) {
    int width = Integer.parseInt(size.substring(0, size.indexOf(':')));
    int batch = Integer.parseInt(size.substring(size.indexOf(':') + 1));
    DqnConfig config =
        DqnConfig.builder()
            .hidden(width, width)
            .batchSize(batch)
            .doubleQ(twice)
            .maxGradientNorm(0)
            .replayCapacity(TRANSITIONS)
            .warmup(TRANSITIONS)
            .trainEvery(Integer.MAX_VALUE)
            .learningRate(1e-4)
            .targetUpdate(TargetUpdate.hard(500))
            .build();
    DqnLearner learner = new DqnLearner(config, INPUTS, ACTIONS);
    SplittableRandom random = new SplittableRandom(1);
    float[] observation = new float[INPUTS];
    float[] next = new float[INPUTS];
    for (int i = 0; i < TRANSITIONS; i++) {
      for (int j = 0; j < INPUTS; j++) {
        observation[j] = (float) random.nextDouble(-1, 1);
        next[j] = (float) random.nextDouble(-1, 1);
      }
      boolean terminated = random.nextInt(50) == 0;
      int action = random.nextInt(ACTIONS);
      learner.observe(0, observation, action, random.nextDouble(), next, terminated, false);
    }
    return learner;
  }

  /** Fills the replay. */
  @Setup(Level.Trial)
  public void prepare() {
    learner.close();
    learner = filled(size, twice);
  }

  /** Frees the network. */
  @TearDown(Level.Trial)
  public void close() {
    learner.close();
  }

  /** One gradient step. */
  @Benchmark
  public double gradientStep() {
    learner.train();
    return learner.loss();
  }
}
