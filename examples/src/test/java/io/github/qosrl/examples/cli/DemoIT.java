package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.examples.lab.LabNetwork;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code qos demo}, shortened, and interrupted where it has most to put away. */
final class DemoIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void inSimulationItTrainsComparesAndLeavesAReport() throws Exception {
    Path report = folder.resolve("report");
    try (Tool tool = demo("--simulate", "--train-time", "3s")) {
      assertEquals(ExitCode.OK.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("in simulation: as --simulate asks"), tool.text());
      assertTrue(tool.text().contains("times lower than without shaping"), tool.text());
    }
    for (String name :
        List.of(
            "policy.safetensors",
            "table.txt",
            "no-shaping-demo-1.csv",
            "autorate-demo-1.jsonl",
            "trained-policy-demo-1.png")) {
      assertTrue(Files.size(report.resolve(name)) > 0, name);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalWhileItTrainsEndsIt(String signal, int code) throws Exception {
    try (Tool tool = demo("--simulate")) {
      tool.await("1. Training");
      tool.signal(signal);
      assertEquals(code, tool.exitCode(), tool.text());
      assertFalse(tool.text().contains("\tat "), tool.text());
    }
  }

  @Test
  void controlCWhileTheBarMovesLetsItSayWhatItLeaves() throws Exception {
    Needs.program("script");
    Path policy = folder.resolve("policy.safetensors");
    try (Tool tool = Tool.onTerminal("train", "--out", policy.toString())) {
      tool.await("training   0 %");
      tool.type("\u0003");
      assertEquals(130, tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("interrupted; '" + policy + "' was not"), tool.text());
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalInTheLaboratoryLeavesNoNamespaceAndNoProcess(String signal, int code)
      throws Exception {
    try (Host local = Hosts.local()) {
      Optional<String> missing = LabNetwork.missing(local);
      assumeTrue(missing.isEmpty(), missing::get);
      try (Tool tool = demo("--policy", pretrained())) {
        // By then a controller shapes, iperf3 loads the path and ping measures it.
        tool.await("static 35%");
        List<ProcessHandle> children = tool.descendants();
        assertFalse(children.isEmpty());
        String name = "qoslab-" + tool.pid();
        assertTrue(namespaces(local).contains(name), namespaces(local));
        tool.signal(signal);
        assertEquals(code, tool.exitCode(), tool.text());
        assertFalse(namespaces(local).contains(name), namespaces(local));
        for (ProcessHandle child : children) {
          child.onExit().get(30, TimeUnit.SECONDS);
        }
      }
    }
  }

  private Tool demo(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("demo", "--duration", "3s"));
    args.addAll(List.of("--out", folder.resolve("report").toString()));
    args.addAll(List.of(more));
    return Tool.start(args.toArray(String[]::new));
  }

  private String pretrained() throws Exception {
    Path file = folder.resolve("policy.safetensors");
    try (InputStream in = PolicyFile.class.getResourceAsStream("pretrained.safetensors")) {
      Files.write(file, Objects.requireNonNull(in).readAllBytes());
    }
    return file.toString();
  }

  private static String namespaces(Host host) throws Exception {
    return host.run(Command.of("ip", "netns", "list")).orThrow().stdout();
  }
}
