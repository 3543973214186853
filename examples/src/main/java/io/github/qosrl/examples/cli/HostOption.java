package io.github.qosrl.examples.cli;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import picocli.CommandLine.Option;

/** The option that says on which machine to look. */
final class HostOption {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "The machine with the link: local, netns:NAME, or ssh:USER@ROUTER[:PORT]. Default: local")
  private String name = "local";

  /** The host; reaches for nothing yet. */
  Host open() {
    try {
      return Hosts.parse(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--host: " + e.getMessage());
    }
  }
}
