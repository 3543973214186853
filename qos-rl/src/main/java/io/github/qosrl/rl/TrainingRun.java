package io.github.qosrl.rl;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.rl.TrainingListener.Episode;
import io.github.qosrl.rl.TrainingResult.Reason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The training loop of one {@link Trainer}. */
final class TrainingRun implements AutoCloseable {
  private final Trainer settings;
  private final DqnLearner learner;
  private final List<Player> players = new ArrayList<>();
  private final Evaluator evaluator;
  private final Meter meter;
  private long step;
  private long episodesStarted;
  private long episodesEnded;
  private @Nullable Evaluation best;
  private @Nullable MlpPolicy bestNetwork;
  private int evaluationsSinceBest;
  private boolean solved;

  TrainingRun(Trainer settings, DqnLearner learner) {
    this.settings = settings;
    this.learner = learner;
    this.meter = new Meter(settings.clock);
    for (int i = 0; i < settings.environments; i++) {
      players.add(new Player(settings.task.open(), learner, settings.task.streams(), i));
    }
    evaluator = new Evaluator(settings.task);
  }

  TrainingResult run() throws QosException, InterruptedException {
    Optional<Checkpoint> checkpoint = settings.checkpoint.map(Checkpoint::new);
    if (checkpoint.isEmpty() || !checkpoint.get().load(this::restore)) {
      begin();
    }
    meter.start(learner);
    Optional<Reason> reason = reasonToEnd();
    while (reason.isEmpty()) {
      Player player = players.get((int) (step % players.size()));
      boolean ended = player.step();
      step++;
      meter.step(learner);
      if (ended) {
        end(player);
      }
      if (settings.evaluateEvery > 0 && step % settings.evaluateEvery == 0) {
        evaluate();
      }
      if (step % settings.reportEvery == 0) {
        report();
      }
      if (checkpoint.isPresent() && step % settings.checkpointEvery == 0) {
        checkpoint.get().save(this::save);
      }
      reason = reasonToEnd();
    }
    return finish(reason.get(), checkpoint);
  }

  private void begin() throws QosException, InterruptedException {
    settings.start.ifPresent(learner::startFrom);
    if (settings.demonstrations.isPresent()) {
      settings.demonstrations.get().feed(learner);
      pretrain();
    }
    for (Player player : players) {
      player.start(nextSeed());
    }
  }

  private void pretrain() {
    meter.start(learner);
    for (int i = 1; i <= settings.pretraining && !settings.stopping(); i++) {
      learner.train();
      meter.update(learner);
      if (i % settings.reportEvery == 0) {
        report();
      }
    }
  }

  private TrainingResult finish(Reason reason, Optional<Checkpoint> checkpoint)
      throws QosException, InterruptedException {
    // Saved before the last evaluation, which a run with more steps would not make here.
    if (checkpoint.isPresent()) {
      checkpoint.get().save(this::save);
    }
    boolean due = settings.evaluateEvery > 0 && (step == 0 || step % settings.evaluateEvery != 0);
    if (due && (best == null || reason == Reason.STEPS || reason == Reason.EPISODES)) {
      evaluate();
    }
    report();
    MlpPolicy network = bestNetwork == null ? learner.network() : bestNetwork;
    TrainingResult result =
        new TrainingResult(network, Optional.ofNullable(best), step, episodesEnded, reason);
    settings.listeners.forEach(l -> l.onEnd(result));
    return result;
  }

  private Optional<Reason> reasonToEnd() {
    if (solved) {
      return Optional.of(Reason.SOLVED);
    } else if (settings.stopping()) {
      return Optional.of(Reason.STOPPED);
    } else if (step >= settings.steps) {
      return Optional.of(Reason.STEPS);
    } else if (episodesEnded >= settings.episodes) {
      return Optional.of(Reason.EPISODES);
    } else if (evaluationsSinceBest >= settings.patience) {
      return Optional.of(Reason.NO_IMPROVEMENT);
    }
    return Optional.empty();
  }

  private void end(Player player) throws QosException, InterruptedException {
    Episode episode = new Episode(episodesEnded++, step, player.length(), player.total());
    meter.episode(player.total());
    settings.listeners.forEach(l -> l.onEpisode(episode));
    player.start(nextSeed());
  }

  /** Far from the small numbers that evaluation is seeded with. */
  private long nextSeed() {
    return SplitMix64.mix(SplitMix64.mix(settings.config.seed()) + ++episodesStarted);
  }

  private void evaluate() throws QosException, InterruptedException {
    meter.pause();
    MlpPolicy network = learner.network();
    List<Double> returns = evaluator.returns(network, settings.evaluationSeeds);
    Evaluation evaluation = new Evaluation(step, returns, false);
    if (best == null || evaluation.mean() > best.mean()) {
      evaluation = new Evaluation(step, returns, true);
      best = evaluation;
      bestNetwork = network;
      evaluationsSinceBest = 0;
    } else {
      evaluationsSinceBest++;
    }
    solved = evaluation.mean() >= settings.stopAtReturn;
    for (TrainingListener listener : settings.listeners) {
      listener.onEvaluation(evaluation);
    }
    meter.resume();
  }

  private void report() {
    TrainingProgress progress =
        meter.report(step, settings.steps, episodesEnded, settings.episodes, learner);
    settings.listeners.forEach(l -> l.onProgress(progress));
  }

  private void save(DataOutput out) throws IOException {
    out.writeInt(players.size());
    learner.save(out);
    out.writeLong(step);
    out.writeLong(episodesStarted);
    out.writeLong(episodesEnded);
    out.writeInt(evaluationsSinceBest);
    out.writeBoolean(solved);
    out.writeBoolean(best != null);
    if (best != null && bestNetwork != null) {
      BestNetwork.save(best, bestNetwork, out);
    }
    for (Player player : players) {
      player.save(out);
    }
  }

  private void restore(DataInput in) throws IOException, QosException, InterruptedException {
    int count = in.readInt();
    if (count != players.size()) {
      throw new IOException(
          "it was made with " + count + " environments; this run has " + players.size());
    }
    learner.restore(in);
    step = in.readLong();
    episodesStarted = in.readLong();
    episodesEnded = in.readLong();
    evaluationsSinceBest = in.readInt();
    solved = in.readBoolean();
    if (in.readBoolean()) {
      best = BestNetwork.evaluation(in);
      bestNetwork = BestNetwork.network(learner.network().shape(), in);
    }
    for (Player player : players) {
      player.restore(in);
    }
  }

  @Override
  public void close() throws QosException {
    evaluator.close();
    for (Player player : players) {
      player.close();
    }
  }
}
