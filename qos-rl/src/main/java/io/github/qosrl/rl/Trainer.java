package io.github.qosrl.rl;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.MlpPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Trains a network on a task: plays episodes, evaluates on fixed seeds that training never sees,
 * keeps the best network, and stops when it is good enough or no longer gets better.
 *
 * <pre>{@code
 * TrainingResult result =
 *     Trainer.builder(Task.of(CartPole::new), DqnConfig.defaults())
 *         .steps(50_000)
 *         .stopAtReturn(475)
 *         .build()
 *         .run();
 * int action = result.network().decide(observation);
 * }</pre>
 *
 * <p>With the same task, configuration and build settings, two runs give the same network to the
 * last bit. Good for one {@link #run}, on one thread; {@link #stop} may come from any.
 */
public final class Trainer {
  private static final long UNBOUNDED = Long.MAX_VALUE;
  private static final long DEFAULT_EPISODES = 1000;

  final Task task;
  final DqnConfig config;
  final long steps;
  final long episodes;
  final int environments;
  final long evaluateEvery;
  final long[] evaluationSeeds;
  final double stopAtReturn;
  final int patience;
  final long reportEvery;
  final Optional<Path> checkpoint;
  final long checkpointEvery;
  final Optional<Demonstrations> demonstrations;
  final int pretraining;
  final Optional<MlpPolicy> start;
  final List<TrainingListener> listeners;
  final MonotonicClock clock;
  private volatile boolean stopping;

  private Trainer(Builder b) {
    task = b.task;
    config = b.config;
    steps = b.steps;
    episodes = b.steps == UNBOUNDED && b.episodes == UNBOUNDED ? DEFAULT_EPISODES : b.episodes;
    environments = b.environments;
    evaluateEvery = b.evaluateEvery;
    evaluationSeeds = b.evaluationSeeds;
    stopAtReturn = b.stopAtReturn;
    patience = b.patience;
    reportEvery = b.reportEvery;
    checkpoint = b.checkpoint;
    checkpointEvery = b.checkpointEvery;
    demonstrations = b.demonstrations;
    pretraining = b.pretraining;
    start = b.start;
    listeners = List.copyOf(b.listeners);
    clock = b.clock;
  }

  /** Starts from the defaults. */
  public static Builder builder(Task task, DqnConfig config) {
    return new Builder(task, config);
  }

  /**
   * Trains until it is done or stopped.
   *
   * @throws QosException if the task fails, or the checkpoint cannot be read or written
   * @throws InterruptedException if the thread was interrupted
   * @throws MissingBackendException if ND4J has no backend that it can use; the message names the
   *     artifact to add
   */
  public TrainingResult run() throws QosException, InterruptedException {
    try (DqnLearner learner = new DqnLearner(config, task.observationSize(), task.actions());
        TrainingRun run = new TrainingRun(this, learner)) {
      return run.run();
    }
  }

  /** Asks the run to end after the present step. Thread-safe. */
  public void stop() {
    stopping = true;
  }

  boolean stopping() {
    return stopping;
  }

  /** Collects the settings of a run; {@link #build()} checks them. Not thread-safe. */
  public static final class Builder {
    private final Task task;
    private final DqnConfig config;
    private long steps = UNBOUNDED;
    private long episodes = UNBOUNDED;
    private int environments = 1;
    private long evaluateEvery = 5000;
    private long[] evaluationSeeds = LongStream.rangeClosed(1, 10).toArray();
    private double stopAtReturn = Double.POSITIVE_INFINITY;
    private int patience = Integer.MAX_VALUE;
    private long reportEvery = 1000;
    private Optional<Path> checkpoint = Optional.empty();
    private long checkpointEvery = 10_000;
    private Optional<Demonstrations> demonstrations = Optional.empty();
    private int pretraining;
    private Optional<MlpPolicy> start = Optional.empty();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private MonotonicClock clock = MonotonicClock.system();

    private Builder(Task task, DqnConfig config) {
      this.task = task;
      this.config = config;
    }

    /**
     * Most steps to take; any number. With 0 and {@link #demonstrations}, it learns from those
     * alone, and then evaluates once.
     */
    public Builder steps(long most) {
      steps = most;
      return this;
    }

    /** Most episodes to play; any number, or 1,000 if {@link #steps} is not set either. */
    public Builder episodes(long most) {
      episodes = most;
      return this;
    }

    /** Environments that feed the learner in turn; 1. */
    public Builder environments(int count) {
      environments = count;
      return this;
    }

    /** Steps between evaluations, 0 for none; 5,000. */
    public Builder evaluateEvery(long everySteps) {
      evaluateEvery = everySteps;
      return this;
    }

    /** One evaluation episode for each of these; 1 to 10. */
    public Builder evaluationSeeds(long... seeds) {
      evaluationSeeds = seeds.clone();
      return this;
    }

    /** Ends the run when the mean return of an evaluation reaches this; never. */
    public Builder stopAtReturn(double meanReturn) {
      stopAtReturn = meanReturn;
      return this;
    }

    /** Ends the run after so many evaluations without a new best one; never. */
    public Builder patience(int evaluations) {
      patience = evaluations;
      return this;
    }

    /** Steps between progress reports; 1,000. */
    public Builder reportEvery(long everySteps) {
      reportEvery = everySteps;
      return this;
    }

    /**
     * Saves the whole state of the run now and then, and goes on from it if the file exists.
     *
     * @param file replaced as a whole; whatever happens, it is the old or the new one
     * @param everySteps steps between savings
     */
    public Builder checkpoint(Path file, long everySteps) {
      checkpoint = Optional.of(file);
      checkpointEvery = everySteps;
      return this;
    }

    /**
     * Before training, fills the replay with recorded decisions and learns from them alone.
     *
     * @param source what to learn from
     * @param gradientSteps how long; 0 only fills the replay
     */
    public Builder demonstrations(Demonstrations source, int gradientSteps) {
      demonstrations = Optional.of(source);
      pretraining = gradientSteps;
      return this;
    }

    /** Starts from the weights of a trained network instead of from random ones. */
    public Builder startFrom(MlpPolicy network) {
      start = Optional.of(network);
      return this;
    }

    /** Adds a listener. */
    public Builder listener(TrainingListener listener) {
      listeners.add(listener);
      return this;
    }

    /** The clock that speed is measured with; the system's. */
    public Builder clock(MonotonicClock time) {
      clock = time;
      return this;
    }

    /**
     * The trainer.
     *
     * @throws IllegalArgumentException if a setting is out of range: names every mistake at once
     */
    public Trainer build() {
      Problems problems = new Problems();
      problems.unless(
          steps >= (demonstrations.isPresent() ? 0 : 1),
          "steps = " + steps,
          "at least 1, or 0 with demonstrations");
      problems.unless(episodes >= 1, "episodes = " + episodes, "at least 1");
      problems.unless(
          environments >= 1 && environments <= 1024, "environments = " + environments, "1 to 1024");
      problems.unless(
          evaluateEvery >= 0, "evaluateEvery = " + evaluateEvery, "at least 1, or 0 for never");
      problems.unless(
          evaluationSeeds.length > 0, "evaluationSeeds is empty, which", "at least one seed");
      problems.unless(!Double.isNaN(stopAtReturn), "stopAtReturn = NaN", "a number");
      problems.unless(patience >= 1, "patience = " + patience, "at least 1");
      problems.unless(pretraining >= 0, "pretraining = " + pretraining, "at least 0");
      problems.unless(reportEvery >= 1, "reportEvery = " + reportEvery, "at least 1");
      problems.unless(
          checkpointEvery >= 1, "checkpoint every " + checkpointEvery + " steps", "at least 1");
      problems.check("training");
      return new Trainer(this);
    }
  }
}
