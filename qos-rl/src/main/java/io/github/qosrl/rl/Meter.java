package io.github.qosrl.rl;

import io.github.qosrl.core.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Averages between two progress reports, and the speed of training. */
final class Meter {
  private static final int EPISODES = 20;
  private final MonotonicClock clock;
  private final Deque<Double> returns = new ArrayDeque<>();
  private Instant since;
  private Duration spent = Duration.ZERO;
  private long steps;
  private long lastGradientSteps;
  private long updates;
  private double lossSum;
  private double meanQSum;

  Meter(MonotonicClock clock) {
    this.clock = clock;
    since = clock.now();
  }

  void start(DqnLearner learner) {
    lastGradientSteps = learner.gradientSteps();
    since = clock.now();
  }

  void step(DqnLearner learner) {
    steps++;
    update(learner);
  }

  /** The learner may have taken a gradient step. */
  void update(DqnLearner learner) {
    if (learner.gradientSteps() > lastGradientSteps) {
      lastGradientSteps = learner.gradientSteps();
      updates++;
      lossSum += learner.loss();
      meanQSum += learner.meanQ();
    }
  }

  void episode(double total) {
    returns.addLast(total);
    if (returns.size() > EPISODES) {
      returns.removeFirst();
    }
  }

  /** Time from here to {@link #resume} is not training. */
  void pause() {
    spent = spent.plus(Duration.between(since, clock.now()));
  }

  void resume() {
    since = clock.now();
  }

  TrainingProgress report(
      long step, long totalSteps, long episodes, long totalEpisodes, DqnLearner learner) {
    pause();
    double seconds = spent.toNanos() / 1e9;
    TrainingProgress progress =
        new TrainingProgress(
            step,
            totalSteps,
            episodes,
            totalEpisodes,
            learner.gradientSteps(),
            learner.epsilon(),
            lossSum / updates,
            meanQSum / updates,
            returns.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
            seconds > 0 ? steps / seconds : 0);
    spent = Duration.ZERO;
    steps = 0;
    updates = 0;
    lossSum = 0;
    meanQSum = 0;
    resume();
    return progress;
  }
}
