package io.github.qosrl.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.examples.doctor.Examination;
import io.github.qosrl.examples.doctor.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qos doctor}: what a machine has and lacks, and the command that would fix each. */
@Command(
    name = "doctor",
    description = "Shows what a machine has and lacks, and the command that would fix each.",
    footer = {"  qos doctor", "  qos doctor --host ssh:root@192.168.1.1"})
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Mixin private final HostOption host = new HostOption();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    List<Finding> findings;
    try (Host at = host.open()) {
      // One that cannot be reached is no patient.
      at.read("/proc/version");
      findings = Examination.of(at);
    }
    if (json) {
      terminal.printRaw(json(findings));
    } else {
      findings.forEach(this::show);
    }
    boolean fit = findings.stream().noneMatch(f -> f.state() == Finding.State.NEEDED);
    return (fit ? ExitCode.OK : ExitCode.ENVIRONMENT).code();
  }

  private void show(Finding finding) {
    String mark =
        switch (finding.state()) {
          case OK -> "@|green ok     |@";
          case MISSING -> "@|yellow lacks  |@";
          case NEEDED -> "@|bold,red needs  |@";
        };
    terminal.print("%s %-11s %s".formatted(mark, finding.name(), finding.detail()));
    if (!finding.fix().isEmpty()) {
      terminal.print("%20s@|bold → %s|@".formatted("", finding.fix()));
    }
  }

  private static String json(List<Finding> findings) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    var array = mapper.createArrayNode();
    for (Finding f : findings) {
      array
          .addObject()
          .put("name", f.name())
          .put("state", f.state().name().toLowerCase(Locale.ROOT))
          .put("detail", f.detail())
          .put("fix", f.fix());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array);
  }
}
