package io.github.qosrl.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.report.ResultTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qos probe}: measures, and shapes nothing. */
@Command(name = "probe", description = "Measures delay, loss and throughput, and changes nothing.")
final class ProbeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--target",
      paramLabel = "HOST[:TYPE]",
      split = ",",
      description = "Whom to measure the delay to.")
  private List<String> targets = List.of();

  @Option(names = "--interface", paramLabel = "IF", description = "Whose throughput to count.")
  private @Nullable String interfaceName;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Length of a window. Default: 1s")
  private String interval = "1s";

  @Option(names = "--count", paramLabel = "N", description = "How many windows. Default: no end")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "local, or netns:NAME. Default: local")
  private String hostName = "local";

  @Option(names = "--json", description = "Print one JSON object for each window.")
  private boolean json;

  ProbeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    Duration window = Settings.parseDuration(interval);
    if (window == null || window.compareTo(Duration.ofMillis(50)) < 0) {
      throw new UsageException(
          "--interval '%s' is not accepted; accepted: a time of at least 50ms".formatted(interval));
    }
    if (targets.isEmpty() && interfaceName == null) {
      throw new UsageException("nothing to measure: name a --target, an --interface, or both");
    }
    try (Host host = host()) {
      List<Probe> probes = new ArrayList<>();
      try {
        open(host, probes);
        measure(probes, window);
      } finally {
        probes.forEach(Probe::close);
        terminal.endLive();
      }
    }
    return ExitCode.OK.code();
  }

  private Host host() {
    try {
      return Hosts.parse(hostName);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--host: " + e.getMessage());
    }
  }

  private void open(Host host, List<Probe> probes) throws QosException, InterruptedException {
    if (!targets.isEmpty()) {
      Settings settings = Settings.of("--target", Map.of("targets", String.join(",", targets)));
      probes.add(Plugins.probes().require("ping").create(host, settings));
    }
    if (interfaceName != null) {
      Settings settings = Settings.of("--interface", Map.of("interface", interfaceName));
      probes.add(Plugins.probes().require("counters").create(host, settings));
    }
  }

  private void measure(List<Probe> probes, Duration window)
      throws QosException, InterruptedException, IOException {
    MonotonicClock clock = MonotonicClock.system();
    Instant next = clock.now();
    for (long i = 0; i < count; i++) {
      next = next.plus(window);
      clock.sleepUntil(next);
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (Probe probe : probes) {
        Measurement measurement = probe.measure(window);
        measurement.asMap().forEach((metric, value) -> metrics.put(metric.toString(), value));
      }
      if (json) {
        ObjectNode node = JSON.createObjectNode().put("time", clock.now().toString());
        metrics.forEach(node.putObject("metrics")::put);
        terminal.printRaw(JSON.writeValueAsString(node));
      } else {
        terminal.live(line(metrics));
      }
    }
  }

  private static String line(Map<String, Double> metrics) {
    return "RTT %s ms (p95 %s, jitter %s)  loss %s  down %s  up %s Mbit/s"
        .formatted(
            ResultTable.millis(value(metrics, Metrics.RTT_MEAN)),
            ResultTable.millis(value(metrics, Metrics.RTT_P95)),
            ResultTable.millis(value(metrics, Metrics.JITTER)),
            ResultTable.percent(value(metrics, Metrics.LOSS)),
            ResultTable.megabits(value(metrics, Metrics.throughput(Direction.DOWNLOAD))),
            ResultTable.megabits(value(metrics, Metrics.throughput(Direction.UPLOAD))));
  }

  private static double value(Map<String, Double> metrics, io.github.qosrl.core.Metric metric) {
    return metrics.getOrDefault(metric.toString(), Double.NaN);
  }
}
