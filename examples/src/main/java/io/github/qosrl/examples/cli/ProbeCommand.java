package io.github.qosrl.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.control.LinkEnvironment;
import io.github.qosrl.core.control.LinkEnvironmentBuilder;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.config.DelayProbes;
import io.github.qosrl.examples.config.FlowsUse;
import io.github.qosrl.examples.config.Part;
import io.github.qosrl.examples.live.DelayProbeChoice;
import io.github.qosrl.examples.live.FirstReply;
import io.github.qosrl.examples.live.FlowsChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qos probe}: measures, and shapes nothing. */
@Command(
    name = "probe",
    description = "Measures delay, loss and throughput, and changes nothing.",
    footer = {
      "  qos probe --target 1.1.1.1:dns --interface eth0",
      "  sudo qos probe --target 1.1.1.1:dns --interface eth0 --flows",
      "  qos probe --target default --count 10 --json"
    })
final class ProbeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Metric> BANDWIDTHS =
      Stream.of(Direction.values()).map(Metrics.AVAILABLE_BANDWIDTH::in).toList();

  /** For each direction; both fit into the shortest time between two tests. */
  private static final String IPERF3_TIME = "3s";

  private final Terminal terminal;

  @Option(
      names = "--target",
      paramLabel = "HOST[:TYPE]",
      split = ",",
      description = "Whom to measure the delay to; default stands for a list of public resolvers.")
  private List<String> targets = List.of();

  @Option(
      names = "--probe",
      paramLabel = "ID",
      description =
          "What measures the delay: auto, fping, ping, fping-timestamp, irtt, tcp-connect. Default:"
              + " auto")
  private String probeId = "auto";

  @Option(
      names = "--interface",
      paramLabel = "IF",
      description = "The uplink: whose throughput to count, and out of which to probe.")
  private @Nullable String interfaceName;

  @Option(
      names = "--flows",
      description =
          "Read the headers of the TCP packets that pass --interface: each direction's queue. Needs root.")
  private boolean flows;

  @Option(
      names = "--capture",
      paramLabel = "IF",
      description = "Whose packets to look at: shares of traffic types. Needs root.")
  private @Nullable String capture;

  @Option(
      names = "--iperf3",
      paramLabel = "SERVER",
      description = "An iperf3 server to measure the bandwidth against. Fills the link.")
  private @Nullable String iperf3;

  @Option(
      names = "--iperf3-every",
      paramLabel = "TIME",
      description = "How often. Default: ${DEFAULT-VALUE}",
      defaultValue = "1m")
  private String iperf3Every = "1m";

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Length of a window. Default: 1s")
  private String interval = "1s";

  @Option(names = "--count", paramLabel = "N", description = "How many windows. Default: no end")
  private long count = Long.MAX_VALUE;

  @Mixin private final HostOption host = new HostOption();

  @Option(names = "--json", description = "Print one JSON object for each window.")
  private boolean json;

  ProbeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    Duration window = time("--interval", interval, Duration.ofMillis(50));
    Duration every = time("--iperf3-every", iperf3Every, Duration.ofSeconds(10));
    requirePossible();
    try (Host at = host.open();
        LinkEnvironment link = open(at, window, every)) {
      link.events(event -> terminal.noteRaw(event.message()));
      link.reset(0);
      boolean answered = targets.isEmpty();
      boolean tested = iperf3 == null;
      for (long i = 0; i < count; i++) {
        Observation seen = link.step(ShapingPlan.UNLIMITED).observation();
        answered |= seen.get(Metrics.RTT_MEAN).isPresent();
        tested |= BANDWIDTHS.stream().anyMatch(metric -> seen.get(metric).isPresent());
        show(seen);
      }
      if (!answered) {
        throw new ProbeException("no target has answered: " + String.join(", ", targets));
      }
      if (!tested) {
        throw new ProbeException(
            ("no test against %s has succeeded in %d windows of %s; a test takes about 6 s; to fix:"
                    + " see what it says: iperf3 -c %1$s")
                .formatted(iperf3, count, interval));
      }
    } finally {
      terminal.endLive();
    }
    return ExitCode.OK.code();
  }

  private void requirePossible() {
    if (targets.isEmpty() && interfaceName == null && capture == null && iperf3 == null) {
      throw new UsageException(
          "nothing to measure: name a --target, --interface, --capture or --iperf3");
    }
    if (flows && interfaceName == null) {
      throw new UsageException("--flows needs --interface: whose packets to look at");
    }
    if (!probeId.equals("auto")) {
      DelayProbes.problem(probeId)
          .ifPresent(
              what -> {
                throw new UsageException("--probe " + what);
              });
    }
    if (count < 1) {
      throw new UsageException("--count %d is not accepted; accepted: 1 or more".formatted(count));
    }
  }

  private static Duration time(String option, String text, Duration least) {
    Duration time = Settings.parseDuration(text);
    if (time == null || time.compareTo(least) < 0) {
      throw new UsageException(
          "%s '%s' is not accepted; accepted: a time of at least %d ms, such as 30s"
              .formatted(option, text, least.toMillis()));
    }
    return time;
  }

  /** The probes, each at its own pace, on a link that nobody shapes. */
  private LinkEnvironment open(Host host, Duration window, Duration every)
      throws QosException, InterruptedException {
    LinkEnvironmentBuilder link = LinkEnvironment.builder().interval(window).shaper(new Unshaped());
    List<Probe> opened = new ArrayList<>();
    try {
      if (!targets.isEmpty()) {
        Probe delay = delayProbe(host);
        opened.add(delay);
        FirstReply.await(delay, targets, flows);
        link.probe(delay);
      }
      if (interfaceName != null) {
        opened.add(probe(host, "counters", "--interface", Map.of("interface", interfaceName)));
        link.probe(opened.get(opened.size() - 1));
        FlowsUse use = flows ? FlowsUse.ON : FlowsUse.OFF;
        new FlowsChoice(Plugins.probes(), host)
            .open(use, interfaceName)
            .ifPresent(
                probe -> {
                  opened.add(probe);
                  link.probe(probe);
                });
      }
      if (capture != null) {
        opened.add(probe(host, "capture", "--capture", Map.of("interface", capture)));
        link.probe(opened.get(opened.size() - 1));
      }
      if (iperf3 != null) {
        Part test = new Part("iperf3", Map.of("server", iperf3, "duration", IPERF3_TIME));
        Part bound = interfaceName == null ? test : test.withDefault("interface", interfaceName);
        opened.add(probe(host, bound.id(), "--iperf3", bound.settings()));
        link.probe(opened.get(opened.size() - 1), every);
      }
      return link.build();
    } catch (QosException | InterruptedException | RuntimeException e) {
      opened.forEach(Probe::close);
      throw e;
    }
  }

  private Probe delayProbe(Host host) throws QosException, InterruptedException {
    String id = DelayProbeChoice.provider(host, probeId).id();
    Part part = new Part(id, Map.of("targets", String.join(",", targets)));
    Part bound = interfaceName == null ? part : DelayProbeChoice.bound(part, interfaceName);
    return probe(host, id, "--target", bound.settings());
  }

  private static Probe probe(Host host, String id, String option, Map<String, String> settings)
      throws QosException, InterruptedException {
    return Plugins.probes().require(id).create(host, Settings.of(option, settings));
  }

  private void show(Observation seen) throws IOException {
    if (json) {
      ObjectNode node = JSON.createObjectNode().put("time", seen.time().toString());
      ObjectNode metrics = node.putObject("metrics");
      for (Measurement measurement : seen.measurements()) {
        measurement.asMap().forEach((metric, value) -> putIfNew(metrics, metric.toString(), value));
      }
      StateTable.addTo(node, seen.state());
      terminal.printRaw(JSON.writeValueAsString(node));
    } else if (terminal.interactive()) {
      List<String> lines = new ArrayList<>(ProbeTable.of(seen, targets));
      lines.addAll(
          queuesAsked() ? StateTable.of(seen.state(), !targets.isEmpty()) : List.<String>of());
      terminal.live(lines);
    } else {
      String queues = queuesAsked() ? "  " + StateTable.line(seen.state()) : "";
      terminal.live(List.of(ProbeTable.line(seen, targets) + queues));
    }
  }

  private boolean queuesAsked() {
    return flows || !targets.isEmpty();
  }

  /** Where two probes report the same, the first speaks, as in the observation itself. */
  private static void putIfNew(ObjectNode metrics, String name, double value) {
    if (!metrics.has(name)) {
      metrics.put(name, value);
    }
  }

  /** Leaves the link alone. */
  private record Unshaped() implements Shaper {
    @Override
    public void apply(ShapingPlan plan) {}

    @Override
    public ShapingPlan current() {
      return ShapingPlan.UNLIMITED;
    }

    @Override
    public void close() {}
  }
}
