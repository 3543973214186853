package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.examples.lab.LabNetwork;
import io.github.qosrl.examples.lab.UserModeLab;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/**
 * A short run in the laboratory, in either kernel. A busy machine can only make a transfer slower
 * and a ping later: what is tested holds there too.
 */
final class LabIT {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void inAKernelInUserModeAFixedRateLimitsWhatPassesAndNothingIsLeft() throws Exception {
    try (Host local = Hosts.local()) {
      Optional<String> missing = UserModeLab.missing(local);
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
    List<Path> before = leftovers();
    JsonNode run = lab("uml");
    assertTrue(err.toString().contains("in user mode"), err.toString());
    assertLimited(run);
    assertEquals(before, leftovers());
  }

  @Test
  void inThisKernelAFixedRateLimitsWhatPasses() throws Exception {
    try (Host local = Hosts.local()) {
      Optional<String> missing = LabNetwork.missing(local);
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
    assertLimited(lab("host"));
  }

  /** 60 % of 10 Mbit/s, never more; and the load that would fill it all does pass. */
  private static void assertLimited(JsonNode run) {
    double use = run.get("utilisation_download").asDouble();
    assertTrue(use > 0.1 && use < 0.63, run.toString());
    assertTrue(run.get("rtt_inflation_p50_s").asDouble() >= 0, run.toString());
  }

  private JsonNode lab(String kernel) throws Exception {
    PrintWriter outWriter = new PrintWriter(out);
    PrintWriter errWriter = new PrintWriter(err);
    Terminal terminal = new Terminal(outWriter, errWriter, false, Ansi.OFF);
    int code =
        Qos.commandLine(terminal, outWriter, errWriter)
            .execute(
                ("lab --agents static:60%% --trace 10mbit --rtt 20ms --duration 3s --json --kernel "
                        + "%s")
                    .formatted(kernel)
                    .split(" ", -1));
    assertEquals(ExitCode.OK.code(), code, err.toString());
    return new ObjectMapper().readTree(out.toString()).get("runs").get(0);
  }

  private static List<Path> leftovers() throws Exception {
    try (Stream<Path> all = Files.list(TEMPORARY)) {
      return all.filter(p -> p.getFileName().toString().startsWith("qos-lab-")).sorted().toList();
    }
  }
}
