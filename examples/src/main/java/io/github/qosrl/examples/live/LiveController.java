package io.github.qosrl.examples.live;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.control.ControlLoopBuilder;
import io.github.qosrl.core.control.LinkEnvironment;
import io.github.qosrl.core.control.LinkEnvironmentBuilder;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.SafetyEnvelope;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.core.spi.ShaperProvider;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.config.Part;
import io.github.qosrl.linux.tc.DryRunShaper;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the parts that a configuration names, and the loop that they run in. */
public final class LiveController {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Host host;
  private final ControllerConfig config;

  /**
   * @param host where the link is; stays the caller's
   */
  public LiveController(Host host, ControllerConfig config) {
    this.host = host;
    this.config = config;
  }

  /** The agent that the configuration names. */
  public Agent agent() throws QosException {
    Part part = config.agentPart();
    return part.id().equals("dqn") ? learner(part) : AgentChoice.byId(part.id(), part.settings());
  }

  /** The time between two decisions: as configured, else as suits the agent, else 100 ms. */
  public Duration interval(Agent agent) {
    return config.interval().or(agent::preferredInterval).orElse(INTERVAL);
  }

  private Agent learner(Part part) throws QosException {
    Part judged = part.withDefault("reward", config.reward().id());
    for (Map.Entry<String, String> setting : config.reward().settings().entrySet()) {
      judged = judged.withDefault("reward." + setting.getKey(), setting.getValue());
    }
    return AgentChoice.byId("dqn", judged.settings());
  }

  /**
   * The link, live; nothing is changed on it before its first reset.
   *
   * @param interval time between two decisions
   * @param episodeTicks when episodes are cut off; {@code Long.MAX_VALUE} for never
   * @throws QosException if a part cannot work; nothing is left open
   */
  public LinkEnvironment environment(Duration interval, long episodeTicks)
      throws QosException, InterruptedException {
    LinkEnvironmentBuilder link =
        LinkEnvironment.builder()
            .interval(interval)
            .initialPlan(initialPlan())
            .episodeTicks(episodeTicks)
            .reward(
                Plugins.rewards().require(config.reward().id()).create(settings(config.reward())));
    List<Probe> probes = new ArrayList<>();
    try {
      Optional<Probe> flows =
          new FlowsChoice(Plugins.probes(), host).open(config.flows(), config.wan());
      flows.ifPresent(probes::add);
      List<String> targets = config.targets().stream().map(Target::host).toList();
      for (Part part : probeParts(interval)) {
        Probe probe = Plugins.probes().require(part.id()).create(host, settings(part));
        probes.add(probe);
        FirstReply.await(probe, targets, flows.isPresent());
        link.probe(probe);
      }
      flows.ifPresent(link::probe);
      if (config.capture().isPresent()) {
        Part part = config.capture().get();
        probes.add(Plugins.probes().require(part.id()).create(host, settings(part)));
        link.probe(probes.get(probes.size() - 1));
      }
      if (config.bandwidth().isPresent()) {
        addBandwidthTest(link, probes, config.bandwidth().get());
      }
      return link.shaper(shaper(Map.of())).build();
    } catch (QosException | InterruptedException | RuntimeException e) {
      probes.forEach(Probe::close);
      throw e;
    }
  }

  /**
   * The loop, ready to run; nothing is changed on the link yet.
   *
   * @param agent who decides; stays the caller's
   * @throws QosException if a part cannot work; nothing is left open
   */
  public ControlLoop loop(Agent agent, List<LoopListener> listeners)
      throws QosException, InterruptedException {
    Duration interval = interval(agent);
    ControlLoopBuilder loop =
        ControlLoop.builder(environment(interval, Long.MAX_VALUE), agent)
            .envelope(envelope())
            .learn(config.learn())
            .shutdownHook(false);
    if (!config.agent().id().equals("static")) {
      loop.fallback(new ReceiveRateAgent());
    }
    config.duration().ifPresent(d -> loop.maxTicks(Math.max(1, d.dividedBy(interval))));
    listeners.forEach(loop::listener);
    return loop.build();
  }

  private static Settings settings(Part part) {
    return Settings.of(part.id(), part.settings());
  }

  private ShapingPlan initialPlan() {
    ShapingPlan plan = ShapingPlan.UNLIMITED;
    for (Direction direction : config.directions()) {
      plan = plan.with(direction, config.rates(direction).start());
    }
    return plan;
  }

  private SafetyEnvelope envelope() {
    SafetyEnvelope.Builder envelope = SafetyEnvelope.builder();
    for (Direction direction : config.directions()) {
      envelope.floor(direction, config.rates(direction).min());
      config.rates(direction).max().ifPresent(max -> envelope.ceiling(direction, max));
    }
    return envelope.build();
  }

  private List<Part> probeParts(Duration interval) throws QosException {
    Map<String, String> shaped = new LinkedHashMap<>();
    shaped.put("wan", config.wan());
    config.lan().ifPresent(lan -> shaped.put("lan", lan));
    config.ifb().ifPresent(ifb -> shaped.put("ifb", ifb));
    return List.of(
        DelayProbeChoice.of(host, config, interval),
        new Part("counters", Map.of("interface", config.wan())),
        new Part("tc-stats", shaped));
  }

  private void addBandwidthTest(LinkEnvironmentBuilder link, List<Probe> probes, Part part)
      throws QosException, InterruptedException {
    ProbeProvider provider = AvailableProbe.require(Plugins.probes(), part.id(), host);
    boolean bound = part.settings().containsKey("bind");
    Part own = bound ? part : part.withDefault("interface", config.wan());
    Probe probe = provider.create(host, settings(own));
    probes.add(probe);
    link.probe(probe, config.bandwidthEvery());
  }

  /** What the shaper would do at first, command by command; nothing if it cannot tell. */
  public List<String> rehearse() throws QosException, InterruptedException {
    try (Shaper rehearsal = shaper(Map.of("dry-run", "true"))) {
      rehearsal.apply(initialPlan());
      return rehearsal instanceof DryRunShaper tc ? tc.commands() : List.of();
    }
  }

  private Shaper shaper(Map<String, String> more) throws QosException, InterruptedException {
    Plugins<ShaperProvider> shapers = Plugins.shapers();
    Part part = config.shaper();
    boolean auto = part.id().equals("auto");
    Optional<ShaperProvider> named = shapers.find(part.id());
    ShaperProvider provider =
        named.isPresent() || !auto ? shapers.require(part.id()) : shapers.best(host);
    Map<String, String> settings = new LinkedHashMap<>(part.settings());
    settings.putAll(more);
    settings.put("wan", config.wan());
    config.lan().ifPresent(lan -> settings.put("lan", lan));
    config.ifb().ifPresent(ifb -> settings.put("ifb", ifb));
    if (config.replace()) {
      settings.put("replace", "true");
    }
    return provider.create(host, Settings.of("shaper '" + provider.id() + "'", settings));
  }
}
