package io.github.qosrl.rl;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.record.RunLog;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands runs of other agents on links to a learner: each limit as the nearest action. */
final class LinkDemonstrations {
  private final LinkTask task;
  private final DqnLearner learner;
  private final LinkCodec codec;
  private @Nullable Observation latest;

  private LinkDemonstrations(LinkTask task, DqnLearner learner) {
    this.task = task;
    this.learner = learner;
    codec = new LinkCodec(task.encoder(), task.actionSet(), task.directions());
  }

  @SuppressWarnings("ReferenceEquality") // A run is a chain of the very same observations.
  private void take(Transition t) {
    if (t.observation() != latest) {
      cut();
      codec.take(t.observation());
    }
    int[] actions = new int[codec.streams()];
    for (int i = 0; i < actions.length; i++) {
      actions[i] = codec.nearest(i, t.action(), t.observation(), -1);
    }
    codec.take(t.next());
    for (int i = 0; i < actions.length; i++) {
      if (actions[i] >= 0) {
        hand(i, actions[i], t);
      }
    }
    latest = t.terminated() || t.truncated() ? null : t.next();
  }

  private void hand(int stream, int action, Transition t) {
    Direction direction = codec.direction(stream);
    double credit =
        task.reward().isPresent()
            ? task.reward().get().of(direction, t.observation(), t.action(), t.next())
            : t.reward();
    learner.demonstrate(
        stream,
        codec.previousFeatures(stream),
        action,
        credit,
        codec.features(stream),
        t.terminated(),
        t.truncated());
  }

  private void cut() {
    for (int i = 0; i < codec.streams(); i++) {
      learner.cut(i);
    }
    codec.reset();
  }

  /** From run logs. */
  record Recorded(LinkTask task, List<Path> runLogs) implements Demonstrations {
    @Override
    public void feed(DqnLearner learner) throws QosException {
      for (Path log : runLogs) {
        LinkDemonstrations demonstrations = new LinkDemonstrations(task, learner);
        try (Stream<Transition> transitions = RunLog.transitions(log)) {
          transitions.forEach(demonstrations::take);
        } catch (UncheckedIOException e) {
          throw new InputFileException(String.valueOf(e.getMessage()), e);
        }
        demonstrations.cut();
      }
    }
  }

  /** From an agent at work. */
  @SuppressWarnings("ArrayRecordComponent") // Made once, compared never.
  record Played(LinkTask task, Agent agent, long[] seeds) implements Demonstrations {
    @Override
    public void feed(DqnLearner learner) throws QosException, InterruptedException {
      try (Environment environment = task.environments().get()) {
        for (long seed : seeds) {
          LinkDemonstrations demonstrations = new LinkDemonstrations(task, learner);
          play(environment, seed, demonstrations);
          demonstrations.cut();
        }
      }
    }

    private void play(Environment environment, long seed, LinkDemonstrations demonstrations)
        throws QosException, InterruptedException {
      agent.reset();
      Observation before = environment.reset(seed);
      while (true) {
        ShapingPlan plan = agent.act(before);
        Step step = environment.step(plan);
        demonstrations.take(
            new Transition(
                before,
                plan,
                step.reward(),
                step.observation(),
                step.terminated(),
                step.truncated()));
        if (step.done()) {
          return;
        }
        before = step.observation();
      }
    }
  }
}
