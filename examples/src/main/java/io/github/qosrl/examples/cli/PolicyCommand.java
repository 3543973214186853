package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.NetworkShape;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code qos policy}: looks into policy files. */
@Command(
    name = "policy",
    description = "Shows what policy files hold.",
    footer = "  qos policy show policy.safetensors")
final class PolicyCommand implements Runnable {
  private final Terminal terminal;

  PolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new UsageException("a command is missing: qos policy show FILE");
  }

  @Command(
      name = "show",
      description = "Shows what a policy file holds, and where it comes from.",
      footer = "  qos policy show policy.safetensors")
  int show(@Parameters(paramLabel = "FILE", description = "A policy file.") Path file)
      throws QosException {
    Policy policy = PolicyFile.read(file);
    NetworkShape shape = policy.network().shape();
    line("features", policy.encoder().id() + ", " + shape.inputs() + " numbers");
    parameters(policy.encoder().parameters());
    line("network", shape.inputs() + " → " + shape.hidden() + " → " + shape.actions());
    line(
        "actions",
        policy.actions().id()
            + ": "
            + IntStream.range(0, policy.actions().size())
                .mapToObj(policy.actions()::label)
                .collect(Collectors.joining(", ")));
    policy.metadata().forEach(this::line);
    return ExitCode.OK.code();
  }

  private void parameters(Map<String, String> parameters) {
    parameters.forEach((key, value) -> line("  " + key, value));
  }

  private void line(String name, String value) {
    terminal.printRaw("%-18s %s".formatted(name, value));
  }
}
