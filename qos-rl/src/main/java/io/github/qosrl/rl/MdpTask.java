package io.github.qosrl.rl;

import java.util.function.Supplier;

/** A Markov decision process as a task of one stream. */
final class MdpTask implements Task {
  private final Supplier<? extends Mdp> processes;
  private final int observationSize;
  private final int actions;

  MdpTask(Supplier<? extends Mdp> processes) {
    this.processes = processes;
    try (Mdp first = processes.get()) {
      observationSize = first.observationSize();
      actions = first.actions();
    }
  }

  @Override
  public int observationSize() {
    return observationSize;
  }

  @Override
  public int actions() {
    return actions;
  }

  @Override
  public Rollout open() {
    return new MdpRollout(processes.get());
  }

  private static final class MdpRollout implements Rollout {
    private static final Mdp.Outcome NOTHING = new Mdp.Outcome(new float[0], 0, false, false);
    private final Mdp process;
    private float[] observation = NOTHING.observation();
    private Mdp.Outcome last = NOTHING;

    MdpRollout(Mdp process) {
      this.process = process;
    }

    @Override
    public void reset(long seed) {
      observation = process.reset(seed);
      last = NOTHING;
    }

    @Override
    public float[] observation(int stream) {
      return observation;
    }

    @Override
    public void step(int[] actions) {
      last = process.step(actions[0]);
      observation = last.observation();
    }

    @Override
    public double reward(int stream) {
      return last.reward();
    }

    @Override
    public double score() {
      return last.reward();
    }

    @Override
    public boolean terminated() {
      return last.terminated();
    }

    @Override
    public boolean truncated() {
      return last.truncated();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
