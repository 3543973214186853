package io.github.qosrl.examples.live;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.examples.config.ControllerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that describe a live link and what may be done to it; each takes precedence over the
 * configuration file's key.
 */
public final class LiveLinkOptions {
  @Option(
      names = "--wan",
      paramLabel = "IF",
      description = "The interface by which the upload leaves.")
  private @Nullable String wan;

  @Option(
      names = "--lan",
      paramLabel = "IF",
      description =
          "The interface by which the download leaves; without it, or --ifb, only the upload is shaped.")
  private @Nullable String lan;

  @Option(
      names = "--ifb",
      paramLabel = "IF",
      description = "An IFB device to redirect the download to, where there is no --lan.")
  private @Nullable String ifb;

  @Option(
      names = "--target",
      paramLabel = "HOST[:TYPE]",
      split = ",",
      description = "Whom to measure the delay to, such as 1.1.1.1:dns; several are better.")
  private List<String> targets = List.of();

  @Option(
      names = "--min",
      paramLabel = "RATE",
      description =
          "The lowest limit, such as 2mbit, or 5mbit/1mbit for download/upload. Default: 1mbit")
  private @Nullable String min;

  @Option(names = "--max", paramLabel = "RATE", description = "The highest limit. Default: none")
  private @Nullable String max;

  @Option(
      names = "--start",
      paramLabel = "RATE",
      description = "The first limit. Default: --max, or 20mbit")
  private @Nullable String start;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Time between decisions. Default: what suits the agent, else 100ms")
  private @Nullable String interval;

  @Option(
      names = "--shaper",
      paramLabel = "ID",
      description = "What enforces: auto, htb, tbf, … Default: auto")
  private @Nullable String shaper;

  @Option(
      names = "--probe",
      paramLabel = "ID",
      description = "What measures the delay: auto, fping, ping, … Default: auto")
  private @Nullable String probe;

  @Option(
      names = "--flows",
      paramLabel = "USE",
      description =
          "Whether to read the headers of the users' TCP packets, to see each direction's queue: auto, off, on. Default: auto, where it is possible")
  private @Nullable String flows;

  @Option(
      names = "--reward",
      paramLabel = "ID",
      description = "What is good: utility or three-level. Default: utility")
  private @Nullable String reward;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "Where the link is: local, netns:NAME, or ssh:USER@ROUTER[:PORT]. Default: local")
  private @Nullable String host;

  @Option(
      names = "--replace",
      description = "Take the place of another root qdisc, and put it back afterwards.")
  private boolean replace;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A configuration file (YAML) that says the same and more; qos run takes its changes over.")
  private @Nullable Path file;

  /** The configuration file, if one is named. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * What all of it says.
   *
   * @param owner the command, for messages
   * @param more values by key that the command adds
   * @throws ConfigurationException with all mistakes at once
   */
  public ControllerConfig read(String owner, Map<String, String> more)
      throws ConfigurationException, IOException {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "wan", wan);
    put(values, "lan", lan);
    put(values, "ifb", ifb);
    put(values, "targets", targets.isEmpty() ? null : String.join(",", targets));
    put(values, "min", min);
    put(values, "max", max);
    put(values, "start", start);
    put(values, "interval", interval);
    put(values, "shaper", shaper);
    put(values, "probe", probe);
    put(values, "flows", flows);
    put(values, "reward", reward);
    put(values, "host", host);
    if (replace) {
      values.put("replace", "true");
    }
    values.putAll(more);
    return ControllerConfig.read(Optional.ofNullable(file), values, owner);
  }

  static void put(Map<String, String> values, String key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
