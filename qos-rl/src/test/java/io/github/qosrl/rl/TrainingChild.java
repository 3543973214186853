package io.github.qosrl.rl;

import java.nio.file.Path;

/** A program that trains, saving and telling its progress all the time, until it is killed. */
final class TrainingChild {
  static final long STEPS = 6_000;

  private TrainingChild() {}

  static Trainer.Builder trainer(Path checkpoint) {
    DqnConfig config =
        DqnConfig.builder()
            .hidden(16, 16)
            .batchSize(16)
            .warmup(100)
            .replayCapacity(2_000)
            .nStep(3)
            .prioritised(Prioritisation.proportional(5_000))
            .exploration(Schedule.linear(1, 0.1, 3_000))
            .seed(7)
            .build();
    return Trainer.builder(Task.of(CartPole::new), config).steps(STEPS).checkpoint(checkpoint, 100);
  }

  public static void main(String[] args) throws Exception {
    TrainingListener teller =
        new TrainingListener() {
          @Override
          public void onProgress(TrainingProgress progress) {
            System.out.println(progress.step());
          }
        };
    trainer(Path.of(args[0])).reportEvery(20).listener(teller).build().run();
  }
}
