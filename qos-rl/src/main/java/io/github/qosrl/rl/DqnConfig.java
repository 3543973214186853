package io.github.qosrl.rl;

import java.util.List;
import java.util.Optional;

/**
 * Every switch of the learner. Immutable and thread-safe; made by {@link #builder()}, which starts
 * from values that suit control tasks with tens of features and a handful of actions.
 *
 * @param hidden width of each hidden layer
 * @param dueling separate streams for state value and advantages (Wang et al. 2016)
 * @param quantiles values per action: 1 for the expected return, more for that many quantiles of
 *     its distribution (QR-DQN, Dabney et al. 2018)
 * @param doubleQ the online network chooses the next action and the target network judges it (van
 *     Hasselt et al. 2016)
 * @param discount γ, [0, 1]
 * @param nStep steps of reward before bootstrapping, 1 to 100 (Sutton 1988; Hessel et al. 2018)
 * @param batchSize transitions per gradient step
 * @param replayCapacity transitions that the replay buffer holds
 * @param prioritised draw instructive transitions more often (Schaul et al. 2016); empty for
 *     uniform
 * @param warmup steps of experience before learning starts
 * @param trainEvery steps per gradient step (Mnih et al. 2015: 4)
 * @param loss of the temporal-difference error; with quantiles, always their Huber loss
 * @param learningRate Adam's α, by gradient step
 * @param adam Adam's other constants (Kingma and Ba 2015)
 * @param maxGradientNorm the gradient is scaled down to this Euclidean norm (Pascanu et al. 2013);
 *     0 leaves it as it is
 * @param targetUpdate how the target network follows
 * @param exploration ε of the ε-greedy policy, by step
 * @param demonstrations how demonstrations and recorded runs are learned from
 * @param seed fixes everything random in the learner
 */
public record DqnConfig(
    List<Integer> hidden,
    boolean dueling,
    int quantiles,
    boolean doubleQ,
    double discount,
    int nStep,
    int batchSize,
    int replayCapacity,
    Optional<Prioritisation> prioritised,
    int warmup,
    int trainEvery,
    Loss loss,
    Schedule learningRate,
    AdamConfig adam,
    double maxGradientNorm,
    TargetUpdate targetUpdate,
    Schedule exploration,
    DemonstrationLoss demonstrations,
    long seed) {

  /**
   * @throws IllegalArgumentException if a value is out of range: names every mistake at once
   */
  public DqnConfig {
    hidden = List.copyOf(hidden);
    Problems problems = new Problems();
    boolean widths = hidden.stream().allMatch(w -> w >= 1 && w <= 4096);
    problems.unless(
        !hidden.isEmpty() && hidden.size() <= 16 && widths,
        "hidden = " + hidden,
        "1 to 16 layers of 1 to 4096");
    problems.unless(quantiles >= 1 && quantiles <= 512, "quantiles = " + quantiles, "1 to 512");
    problems.unless(discount >= 0 && discount <= 1, "discount = " + discount, "0 to 1");
    problems.unless(nStep >= 1 && nStep <= 100, "nStep = " + nStep, "1 to 100");
    problems.unless(
        batchSize >= 1 && batchSize <= 65_536, "batchSize = " + batchSize, "1 to 65536");
    problems.unless(
        replayCapacity >= batchSize, "replayCapacity = " + replayCapacity, "at least batchSize");
    problems.unless(
        warmup >= 1 && warmup <= replayCapacity, "warmup = " + warmup, "1 to replayCapacity");
    problems.unless(trainEvery >= 1, "trainEvery = " + trainEvery, "at least 1");
    problems.unlessRatio("learningRate", learningRate);
    problems.unless(
        maxGradientNorm >= 0 && maxGradientNorm < Double.POSITIVE_INFINITY,
        "maxGradientNorm = " + maxGradientNorm,
        "0 (off) or a positive number");
    problems.unlessRatio("exploration", exploration);
    problems.check("DQN configuration");
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The defaults. */
  public static DqnConfig defaults() {
    return builder().build();
  }

  /** Starts from this configuration. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects the switches; {@link #build()} checks them. Not thread-safe. */
  public static final class Builder {
    private List<Integer> hidden = List.of(64, 64);
    private boolean dueling;
    private int quantiles = 1;
    private boolean doubleQ = true;
    private double discount = 0.99;
    private int nStep = 1;
    private int batchSize = 128;
    private int replayCapacity = 100_000;
    private Optional<Prioritisation> prioritised = Optional.empty();
    private int warmup = 1000;
    private int trainEvery = 1;
    private Loss loss = Loss.HUBER;
    private Schedule learningRate = Schedule.linear(1e-3, 1e-4, 50_000);
    private AdamConfig adam = AdamConfig.DEFAULT;
    private double maxGradientNorm = 10;
    private TargetUpdate targetUpdate = TargetUpdate.soft(0.005);
    private Schedule exploration = Schedule.linear(1, 0.05, 10_000);
    private DemonstrationLoss demonstrations = DemonstrationLoss.NONE;
    private long seed = 1;

    private Builder() {}

    private Builder(DqnConfig c) {
      hidden = c.hidden;
      dueling = c.dueling;
      quantiles = c.quantiles;
      doubleQ = c.doubleQ;
      discount = c.discount;
      nStep = c.nStep;
      batchSize = c.batchSize;
      replayCapacity = c.replayCapacity;
      prioritised = c.prioritised;
      warmup = c.warmup;
      trainEvery = c.trainEvery;
      loss = c.loss;
      learningRate = c.learningRate;
      adam = c.adam;
      maxGradientNorm = c.maxGradientNorm;
      targetUpdate = c.targetUpdate;
      exploration = c.exploration;
      demonstrations = c.demonstrations;
      seed = c.seed;
    }

    /** Width of each hidden layer; 64, 64. */
    public Builder hidden(Integer... widths) {
      this.hidden = List.of(widths);
      return this;
    }

    /** Separate streams for state value and advantages; off. */
    public Builder dueling(boolean on) {
      this.dueling = on;
      return this;
    }

    /** Quantiles of the return per action; 1, the expected return. */
    public Builder quantiles(int count) {
      this.quantiles = count;
      return this;
    }

    /** Double DQN; on. */
    public Builder doubleQ(boolean on) {
      this.doubleQ = on;
      return this;
    }

    /** γ; 0.99. */
    public Builder discount(double gamma) {
      this.discount = gamma;
      return this;
    }

    /** Steps of reward before bootstrapping; 1. */
    public Builder nStep(int steps) {
      this.nStep = steps;
      return this;
    }

    /** Transitions per gradient step; 128. */
    public Builder batchSize(int transitions) {
      this.batchSize = transitions;
      return this;
    }

    /** Transitions held; 100,000. */
    public Builder replayCapacity(int transitions) {
      this.replayCapacity = transitions;
      return this;
    }

    /** Prioritised instead of uniform replay. */
    public Builder prioritised(Prioritisation settings) {
      this.prioritised = Optional.of(settings);
      return this;
    }

    /** Uniform replay, as at first. */
    public Builder uniform() {
      this.prioritised = Optional.empty();
      return this;
    }

    /** Steps before learning starts; 1,000. */
    public Builder warmup(int steps) {
      this.warmup = steps;
      return this;
    }

    /** Steps per gradient step; 1. */
    public Builder trainEvery(int steps) {
      this.trainEvery = steps;
      return this;
    }

    /** Loss of the temporal-difference error; Huber. */
    public Builder loss(Loss kind) {
      this.loss = kind;
      return this;
    }

    /** A constant learning rate. */
    public Builder learningRate(double alpha) {
      this.learningRate = Schedule.constant(alpha);
      return this;
    }

    /** A learning rate that changes, by gradient step; linear from 1e-3 to 1e-4 over 50,000. */
    public Builder learningRate(Schedule alpha) {
      this.learningRate = alpha;
      return this;
    }

    /** Adam's constants; the paper's. */
    public Builder adam(AdamConfig constants) {
      this.adam = constants;
      return this;
    }

    /** Largest gradient norm, 0 for any; 10. */
    public Builder maxGradientNorm(double norm) {
      this.maxGradientNorm = norm;
      return this;
    }

    /** How the target network follows; softly, by 0.005 of the way each gradient step. */
    public Builder targetUpdate(TargetUpdate rule) {
      this.targetUpdate = rule;
      return this;
    }

    /** ε by step; linear from 1 to 0.05 over 10,000. */
    public Builder exploration(Schedule epsilon) {
      this.exploration = epsilon;
      return this;
    }

    /** Learning from demonstrations; nothing special. */
    public Builder demonstrations(DemonstrationLoss settings) {
      this.demonstrations = settings;
      return this;
    }

    /** Fixes everything random in the learner; 1. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if a value is out of range: names every mistake at once
     */
    public DqnConfig build() {
      return new DqnConfig(
          hidden,
          dueling,
          quantiles,
          doubleQ,
          discount,
          nStep,
          batchSize,
          replayCapacity,
          prioritised,
          warmup,
          trainEvery,
          loss,
          learningRate,
          adam,
          maxGradientNorm,
          targetUpdate,
          exploration,
          demonstrations,
          seed);
    }
  }
}
