package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The learner solves CartPole-v1 for every seed, as Gymnasium defines solved. */
class CartPoleIT {
  private static final Task TASK = Task.of(CartPole::new);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void holdsThePoleFor475StepsOnAverageWithin50000Steps(long seed) throws Exception {
    DqnConfig config =
        DqnConfig.builder()
            .nStep(3)
            .batchSize(64)
            .learningRate(Schedule.linear(1e-3, 1e-4, 50_000))
            .targetUpdate(TargetUpdate.soft(0.005))
            .exploration(Schedule.linear(1, 0.02, 5000))
            .replayCapacity(50_000)
            .seed(seed)
            .build();
    TrainingResult result =
        Trainer.builder(TASK, config)
            .steps(50_000)
            .evaluateEvery(1000)
            .evaluationSeeds(LongStream.rangeClosed(1, 20).toArray())
            .stopAtReturn(499)
            .build()
            .run();
    try (Evaluator evaluator = new Evaluator(TASK)) {
      long[] unseen = LongStream.rangeClosed(1001, 1100).toArray();
      List<Double> returns = evaluator.returns(result.network(), unseen);
      double mean = new Evaluation(result.steps(), returns, true).mean();
      assertTrue(mean >= 475, "mean return " + mean + " after " + result.steps() + " steps");
    }
  }
}
