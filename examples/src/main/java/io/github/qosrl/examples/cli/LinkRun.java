package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.examples.live.Replies;
import io.github.qosrl.rl.DqnAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Controls a link by one configuration after the other, as {@link ConfigWatch} finds them. */
final class LinkRun {
  private final Terminal terminal;
  private final Host host;
  private final List<LoopListener> listeners;
  private final @Nullable Path save;
  private final boolean json;
  private final @Nullable ConfigWatch watch;

  /**
   * @param listeners told of every run
   * @param save where what was learned goes, if anywhere
   * @param json whether to print JSON for each second
   */
  LinkRun(
      Terminal terminal,
      Host host,
      List<LoopListener> listeners,
      @Nullable Path save,
      boolean json,
      @Nullable ConfigWatch watch) {
    this.terminal = terminal;
    this.host = host;
    this.listeners = List.copyOf(listeners);
    this.save = save;
    this.json = json;
    this.watch = watch;
  }

  /**
   * Runs until it is over; the link is then as it was found. A new configuration that cannot be put
   * in force gives way to the one before.
   */
  void run(ControllerConfig first) throws QosException, InterruptedException {
    ControllerConfig config = first;
    Optional<ControllerConfig> before = Optional.empty();
    while (true) {
      Started started = new Started();
      Optional<ControllerConfig> next;
      try {
        next = run(config, started);
      } catch (QosException e) {
        if (started.yes || before.isEmpty()) {
          throw e;
        }
        terminal.noteRaw("The changed configuration cannot be used: " + e.getMessage());
        config = before.get();
        before = Optional.empty();
        continue;
      }
      if (next.isEmpty()) {
        return;
      }
      terminal.note("The configuration has changed: starting over with it.");
      before = Optional.of(config);
      config = next.get();
    }
  }

  /** Whether a run came so far as to control the link. */
  private static final class Started implements LoopListener {
    private boolean yes;

    @Override
    public void onStart(Observation first) {
      yes = true;
    }
  }

  private Optional<ControllerConfig> run(ControllerConfig config, Started started)
      throws QosException, InterruptedException {
    LiveController controller = new LiveController(host, config);
    Replies replies = new Replies(config.targets());
    try (Agent agent = controller.agent()) {
      Duration interval = controller.interval(agent);
      List<LoopListener> all = new ArrayList<>(listeners);
      all.addAll(List.of(started, replies));
      all.add(new RunScreen(terminal, json, announcement(config, interval)));
      Optional.ofNullable(watch).ifPresent(all::add);
      try {
        ControlLoop loop = controller.loop(agent, all);
        Optional.ofNullable(watch).ifPresent(w -> w.begin(config, loop::stop));
        loop.run();
      } finally {
        keep(agent, interval);
      }
    }
    Optional<ControllerConfig> next = watch == null ? Optional.empty() : watch.next();
    if (next.isEmpty()) {
      replies.check();
    }
    return next;
  }

  /** Writes what was learned, however the run ended. */
  private void keep(Agent agent, Duration interval) throws QosException {
    if (save != null && agent instanceof DqnAgent learner) {
      PolicyFile.write(
          save,
          learner.policy(
              Map.of("trained-on", "a live link", Policy.INTERVAL, interval.toMillis() + "ms")));
      terminal.note("What it learned is in " + save);
    }
  }

  private static String announcement(ControllerConfig config, Duration interval) {
    String directions =
        config.directions().stream().map(d -> d.label()).collect(Collectors.joining(" and "));
    return "@|bold %s|@ decides about the %s every %d ms; Ctrl-C ends it and restores the link."
        .formatted(config.agent().id(), directions, interval.toMillis());
  }
}
