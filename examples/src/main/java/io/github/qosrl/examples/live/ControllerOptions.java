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
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that describe a live controller: its link, who decides about it, and how long. */
public final class ControllerOptions {
  @ArgGroup(validate = false, heading = "%nThe link:%n")
  private LiveLinkOptions link = new LiveLinkOptions();

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description =
          "Who decides: pretrained, autorate, receive-rate, three-level, static:20mbit/5mbit, …, or a policy file. Default: pretrained")
  private @Nullable String agent;

  @Option(names = "--duration", paramLabel = "TIME", description = "When to end. Default: never")
  private @Nullable String duration;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      split = ",",
      description = "Log every tick to FILE.csv or FILE.jsonl.")
  private List<String> logs = List.of();

  @Option(
      names = "--http",
      paramLabel = "PORT",
      description =
          "Show graphs in a browser: a port of this machine alone, such as 8080, or ADDRESS:PORT.")
  private @Nullable String http;

  /** The configuration file, if one is named. */
  public Optional<Path> file() {
    return link.file();
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
    LiveLinkOptions.put(values, "agent", agent);
    LiveLinkOptions.put(values, "log", logs.isEmpty() ? null : String.join(",", logs));
    LiveLinkOptions.put(values, "duration", duration);
    LiveLinkOptions.put(values, "http", http);
    values.putAll(more);
    return link.read(owner, values);
  }
}
