package io.github.qosrl.examples.config;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.PretrainedAgentProvider;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A controller, described without code: what a configuration file and the options of {@code qos
 * run} say, checked as a whole.
 *
 * @param wan the interface by which the upload leaves
 * @param lan the interface by which the download leaves, if it is shaped there
 * @param ifb the interface by which the download is redirected, if it is shaped there
 * @param host where all this is: {@code local}, {@code netns:NAME} or {@code ssh:USER@ROUTER}
 * @param targets whom to measure the delay to
 * @param agent who decides
 * @param reward what is good
 * @param shaper what enforces; id {@code auto} for the best this machine has
 * @param probe what measures the delay; id {@code auto} for the best this machine has
 * @param bandwidth the active bandwidth test, if one is wanted
 * @param bandwidthEvery time between two of these tests
 * @param capture what looks at the kinds of traffic, for agents that tell them apart, if wanted
 * @param flows whether the users' own flows are looked at
 * @param rates floor, ceiling and start of each direction's limit
 * @param interval time between two decisions; empty for what suits the agent
 * @param replace whether to take the place of a root qdisc that somebody else put there
 * @param learn whether the agent keeps learning
 * @param logs files to log each tick to, by their ending
 * @param duration when to end; empty to run until it is interrupted
 * @param http where to show a page with graphs; empty for nowhere
 */
public record ControllerConfig(
    String wan,
    Optional<String> lan,
    Optional<String> ifb,
    String host,
    List<Target> targets,
    Part agent,
    Part reward,
    Part shaper,
    Part probe,
    Optional<Part> bandwidth,
    Duration bandwidthEvery,
    Optional<Part> capture,
    FlowsUse flows,
    Map<Direction, Rates> rates,
    Optional<Duration> interval,
    boolean replace,
    boolean learn,
    List<Path> logs,
    Optional<Duration> duration,
    Optional<InetSocketAddress> http) {

  private static final String DQN = "dqn";
  private static final String FIXED = "static:";
  private static final Set<String> LEARNERS = Set.of(DQN, PretrainedAgentProvider.ID);
  private static final String AUTO = "auto";
  private static final Pattern INTERFACE = Pattern.compile("[^-\\s/:][^\\s/:]{0,14}");
  private static final Duration BANDWIDTH_EVERY = Duration.ofMinutes(10);
  private static final Duration BANDWIDTH_AT_MOST = Duration.ofSeconds(10);

  /** Stands for an interface whose name is missing or wrong, so that the rest can be checked. */
  static final String STAND_IN = "absent";

  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * Reads a configuration file, with options that take precedence over it.
   *
   * @param file the file, if there is one
   * @param options values by key, as a file would hold them
   * @param owner what to call the configuration in messages when there is no file
   * @throws ConfigurationException if anything is missing, malformed, unknown or contradictory;
   *     lists all of it
   * @throws IOException if the file cannot be read
   */
  public static ControllerConfig read(
      Optional<Path> file, Map<String, String> options, String owner)
      throws ConfigurationException, IOException {
    Map<String, String> values = new LinkedHashMap<>();
    String name = owner;
    if (file.isPresent()) {
      values.putAll(YamlFile.read(file.get()));
      name = String.valueOf(file.get().getFileName());
    }
    // An option that names another part does not mean the settings of the file's.
    values.keySet().removeIf(key -> options.containsKey(key.replaceFirst("\\..*", "")));
    values.putAll(options);
    Map<String, String> names = new LinkedHashMap<>();
    options
        .keySet()
        .forEach(key -> names.put(key, "--" + (key.equals("targets") ? "target" : key)));
    return of(Settings.of(name, values).calling(names));
  }

  /** The directions that are shaped. */
  public Set<Direction> directions() {
    return lan.isPresent() || ifb.isPresent()
        ? EnumSet.allOf(Direction.class)
        : EnumSet.of(Direction.UPLOAD);
  }

  /** What a direction's limit keeps to. */
  public Rates rates(Direction direction) {
    return Objects.requireNonNull(rates.get(direction));
  }

  /**
   * The agent's provider and its settings: those of a policy file and of a learner, and the rates
   * that are set for every agent.
   */
  public Part agentPart() {
    if (agent.id().equals(DQN)) {
      return learner(agent);
    }
    if (learn) {
      return learner(new Part(DQN, agent.withDefault("policy", agent.id()).settings()));
    }
    if (agent.id().startsWith(FIXED)) {
      return fixed(agent.id().substring(FIXED.length()).split("/", 2));
    }
    if (isPolicyFile(agent.id())) {
      return new Part("policy", agent.withDefault("file", agent.id()).settings());
    }
    Part rated = agent;
    for (Direction direction : directions()) {
      rated = rates(direction).appliedTo(rated, direction);
    }
    return rated;
  }

  private Part fixed(String[] rates) {
    Map<String, String> limits = new LinkedHashMap<>();
    for (Direction direction : directions()) {
      limits.put(direction.label(), rates[direction == Direction.DOWNLOAD ? 0 : rates.length - 1]);
    }
    return new Part("static", limits);
  }

  private Part learner(Part part) {
    return part.withDefault(
        "directions", directions().stream().map(Direction::label).collect(Collectors.joining(",")));
  }

  /**
   * What measures the delay.
   *
   * @param auto the probe that {@code auto} stands for
   */
  public Part delayProbe(String auto) {
    return new Part(probe.id().equals(AUTO) ? auto : probe.id(), probe.settings())
        .withDefault(
            "targets", targets.stream().map(Target::toString).collect(Collectors.joining(",")));
  }

  private static ControllerConfig of(Settings s) throws ConfigurationException {
    if (!s.has("wan")) {
      s.problem(
          "wan",
          "is missing; accepted: the interface towards the network (--wan), as 'ip link' shows it");
    }
    String wan = interfaceName(s, "wan").orElse(STAND_IN);
    ControllerConfig config =
        new ControllerConfig(
            wan,
            interfaceName(s, "lan"),
            interfaceName(s, "ifb"),
            host(s),
            targets(s),
            Part.read(s, "agent", PretrainedAgentProvider.ID),
            Part.read(s, "reward", "utility"),
            Part.read(s, "shaper", AUTO),
            Part.read(s, "probe", AUTO),
            bandwidth(s),
            bandwidthEvery(s),
            capture(s, wan),
            FlowsUse.read(s),
            Rates.read(s),
            interval(s),
            s.flag("replace", false),
            s.flag("learn", false),
            LogNames.read(s),
            Optional.ofNullable(s.has("duration") ? s.duration("duration", LONGEST) : null),
            HttpAddress.read(s));
    s.require(
        config.lan.isEmpty() || config.ifb.isEmpty(),
        "ifb",
        "either 'lan' or 'ifb': the download is shaped in one place");
    s.require(
        !config.learn || LEARNERS.contains(config.agent.id()) || isPolicyFile(config.agent.id()),
        "agent",
        "pretrained, a policy file or dqn, together with 'learn': others do not learn");
    s.require(!config.lan.equals(Optional.of(config.wan)), "lan", "another interface than 'wan'");
    s.require(!config.ifb.equals(Optional.of(config.wan)), "ifb", "another interface than 'wan'");
    new PartChecks(s).check(config);
    config.duration.ifPresent(
        d -> s.require(d.compareTo(Duration.ZERO) > 0, "duration", "a time above 0"));
    s.check();
    return config;
  }

  /** Whether an agent's id is the name of a policy file instead. */
  public static boolean isPolicyFile(String id) {
    return id.endsWith(".safetensors") || id.contains("/") && !id.startsWith(FIXED);
  }

  private static String host(Settings s) {
    String text = s.text("host", "local");
    try (Host host = Hosts.parse(text)) {
      return text;
    } catch (IllegalArgumentException e) {
      s.problem("host", "is not accepted: " + e.getMessage());
      return "local";
    }
  }

  private static Optional<String> interfaceName(Settings s, String key) {
    Optional<String> name = s.text(key);
    boolean good = name.map(text -> INTERFACE.matcher(text).matches()).orElse(true);
    s.require(good, key, "an interface name, as 'ip -br link' shows it");
    return good ? name : Optional.of(STAND_IN + key);
  }

  /** {@code iperf3: SERVER}, or a section of the probe's settings. */
  private static Optional<Part> bandwidth(Settings s) {
    Map<String, String> settings = new LinkedHashMap<>(s.section("iperf3"));
    s.text("iperf3").ifPresent(server -> settings.put("server", server));
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    settings.remove("every");
    return Optional.of(new Part("iperf3", settings));
  }

  private static Duration bandwidthEvery(Settings s) {
    Duration every = s.duration("iperf3.every", BANDWIDTH_EVERY);
    s.require(every.compareTo(BANDWIDTH_AT_MOST) >= 0, "iperf3.every", "a time of at least 10s");
    return every;
  }

  /** {@code capture: IF}, or a section of the probe's settings; the WAN's by default. */
  private static Optional<Part> capture(Settings s, String wan) {
    Map<String, String> settings = new LinkedHashMap<>(s.section("capture"));
    s.text("capture").ifPresent(name -> settings.put("interface", name));
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    Part part = new Part("capture", settings);
    return Optional.of(settings.containsKey("file") ? part : part.withDefault("interface", wan));
  }

  private static List<Target> targets(Settings s) {
    List<Target> targets = new ArrayList<>();
    List<String> texts = s.list("targets", List.of());
    if (texts.isEmpty()) {
      s.problem(
          "targets", "is missing; accepted: at least one host to ping (--target), such as 1.1.1.1");
    }
    for (String text : texts) {
      try {
        targets.add(Target.parse(text));
      } catch (IllegalArgumentException e) {
        s.problem("targets", "has a mistake: " + e.getMessage());
      }
    }
    return targets.isEmpty() ? List.of(Target.parse("127.0.0.1")) : List.copyOf(targets);
  }

  private static Optional<Duration> interval(Settings s) {
    if (!s.has("interval")) {
      return Optional.empty();
    }
    Duration interval = s.duration("interval", SHORTEST);
    s.require(
        interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0,
        "interval",
        "a time from 20ms to 60s");
    return Optional.of(interval);
  }
}
