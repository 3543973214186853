package io.github.qosrl.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.policy.PolicyFile;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** What a user sees of a mistake: the exit code, and one clear text without a stack trace. */
final class CommandLineTest {
  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docto | Did you mean: qos doctor?",
        "run | 'wan' is missing",
        "run --wan eth0 --target 1.1.1.1 --min fast | 'min' = 'fast' is not accepted",
        "run --wan eth0 --target 1.1.1.1 --duration soon | 'duration' = 'soon'",
        "run --wan eth0 --lan eth0 --target 1.1.1.1 | another interface than 'wan'",
        "run --wan eth0 --target 1.1.1.1 --wann eth1 | Unknown options: '--wann'",
        "compare --agents skynet --seeds 1 | there is no agent 'skynet'; there are: none",
        "compare --agents static:fast --seeds 1 | is no fixed rate",
        "compare --scenario mars --agents none | there is no scenario 'mars'; there are: demo",
        "compare --seeds 0 | at least 1",
        "compare --agents none --jobs 0 | at least 1",
        "compare --agents none --set all | accepted: training, validation or test",
        "compare --agents none --family mars | there is no family 'mars'; there are: steady",
        "compare --agents none --set training --family starlink | is not in the training set",
        "compare --agents none --against autorate | is not among --agents: none",
        "compare --agents none --rtt 0ms | --rtt '0ms' is not accepted",
        "compare --agents none --streams 0 | --streams 0 is not accepted",
        "compare --agents none --load sideways | accepted: download, upload or both",
        "compare --agents none --on-off 4s | --on-off '' is not accepted",
        "compare --agents none --congestion-control vegas | accepted: cubic, reno or bbr",
        "lab --agents none --kernel mars | accepted: auto, host, uml",
        "lab --agents none --seeds 0 | at least 1",
        "lab --agents none --trace 20mbit,30mbit | one --trace or one --scenario is accepted",
        "lab --agents none --trace 20mbit --scenario lte | one --trace or one --scenario",
        "compare --agents none --duration 1 | --duration '1' is not accepted",
        "train --actions random | there is no action set 'random'",
        "train --out /no/such/folder/p.safetensors | its folder does not exist",
        "train --episodes 0 | at least 1",
        "demo --train-time soon | --train-time 'soon'",
        "policy | a command is missing",
        "tc show | qos: tc show: 'wan' is missing",
        "run --wan lo --target 127.0.0.1 --probe playback | qos: run: 'probe' cannot be playback",
        "ablation --only doubel | --only 'doubel' is in the name of no variant; there are: without",
        "probe | nothing to measure",
        "probe --target 1.1.1.1 --interval 1ms | at least 50 ms",
        "probe --target 1.1.1.1 --host mars | accepted: local, netns:NAME, ssh:[USER@]ROUTER[:PORT]",
      })
  void mistakesOfTheCommandLine(String words, String message) {
    int code = execute(words.strip().split(" "));
    assertEquals(ExitCode.USAGE.code(), code, err.toString());
    assertTrue(err.toString().contains(message.strip()), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  @Test
  void everyPolicyThatCannotBeUsedIsRefusedInOneLine() throws Exception {
    byte[] whole = pretrained();
    String newer = new String(whole, StandardCharsets.ISO_8859_1);
    newer = newer.replace("\"schema\":\"1\"", "\"schema\":\"9\"");
    Map<Path, String> refused = new LinkedHashMap<>();
    refused.put(policy("text", "this is no policy".getBytes(UTF_8)), "is not a safetensors file");
    refused.put(policy("empty", new byte[0]), "cannot be used");
    refused.put(policy("short", Arrays.copyOf(whole, 3000)), "it is truncated");
    refused.put(policy("newer", newer.getBytes(StandardCharsets.ISO_8859_1)), "schema");
    refused.put(folder.resolve("absent.safetensors"), "does not exist");
    refused.put(folder, "is a directory");
    for (Map.Entry<Path, String> file : refused.entrySet()) {
      assertRefused(file.getValue(), "policy", "show", file.getKey().toString());
      assertRefused(file.getValue(), "compare", "--seeds", "1", "--agents", file.getKey() + "");
      assertRefused(
          file.getValue(),
          "run",
          "--wan",
          "lo",
          "--target",
          "127.0.0.1",
          "--agent",
          file.getKey() + "");
    }
  }

  private void assertRefused(String message, String... args) {
    err.getBuffer().setLength(0);
    assertEquals(ExitCode.USAGE.code(), execute(args), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
  }

  private Path policy(String name, byte[] content) throws Exception {
    return Files.write(folder.resolve(name + ".safetensors"), content);
  }

  private static byte[] pretrained() throws Exception {
    try (InputStream in = PolicyFile.class.getResourceAsStream("pretrained.safetensors")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void anIperf3TestThatNeverSucceededIsNoSuccess() {
    // No test is over so soon.
    int code = execute("probe", "--iperf3", "127.0.0.1", "--count", "1", "--interval", "50ms");
    assertEquals(ExitCode.ENVIRONMENT.code(), code, err.toString());
    assertTrue(err.toString().contains("no test against 127.0.0.1 has succeeded"), err.toString());
  }

  @Test
  void aReportThatDoesNotFitTheDiskNamesItsFolderAndTheTableIsNotLost() {
    int code =
        execute(
            "compare",
            "--agents",
            "none",
            "--scenario",
            "constant",
            "--seeds",
            "1",
            "--duration",
            "5s",
            "--out",
            "/proc/self/qos-report");
    assertEquals(ExitCode.ENVIRONMENT.code(), code, err.toString());
    assertTrue(err.toString().contains("/proc/self/qos-report"), err.toString());
    assertTrue(out.toString().contains("no shaping"), out.toString());
  }

  @Test
  void unknownInterfaceIsNamed() {
    int code = execute("run", "--wan", "nosuch0", "--target", "127.0.0.1", "--duration", "1s");
    assertEquals(ExitCode.ENVIRONMENT.code(), code, err.toString());
    assertTrue(err.toString().contains("nosuch0"), err.toString());
  }

  @Test
  void aMissingConfigurationFileIsNamed() {
    int code = execute("run", "--config", "/no/such.yaml");
    assertEquals(ExitCode.USAGE.code(), code);
    assertEquals(
        "qos: the configuration file '/no/such.yaml' does not exist", err.toString().strip());
  }

  @Test
  void nothingButTheResultGoesToStandardOutput() {
    int code =
        execute(
            "compare",
            "--agents",
            "none",
            "--scenario",
            "constant",
            "--seeds",
            "1",
            "--json",
            "--duration",
            "5s");
    assertEquals(ExitCode.OK.code(), code, err.toString());
    assertTrue(out.toString().startsWith("{"), out.toString());
    assertTrue(out.toString().stripTrailing().endsWith("}"), out.toString());
  }

  @Test
  void aSetIsDrawnFamilyByFamilyAndComparedPairwise() {
    int code =
        execute(
            "compare --set test --seeds 2 --duration 2s --agents none,static:80% --against none"
                .split(" "));
    assertEquals(ExitCode.OK.code(), code, err.toString());
    for (String family : new ScenarioOptions.Families()) {
      assertTrue(out.toString().contains("\n" + family + " "), out.toString());
    }
    assertTrue(out.toString().contains("More (or less) than no shaping"), out.toString());
  }

  @Test
  void aTraceInMahimahisFormatTakesTheScenariosPlace() throws Exception {
    Path trace = folder.resolve("ten.trace");
    // A packet of 1,500 bytes every 2 ms: 6 Mbit/s.
    Files.writeString(trace, "2\n4\n6\n8\n10\n");
    int code =
        execute(
            "compare",
            "--trace",
            trace.toString(),
            "--seeds",
            "1",
            "--duration",
            "5s",
            "--agents",
            "none",
            "--json");
    assertEquals(ExitCode.OK.code(), code, err.toString());
    assertTrue(out.toString().contains("\"link\" : \"ten\""), out.toString());
    assertEquals(ExitCode.ENVIRONMENT.code(), execute("compare", "--trace", "/no/such.trace"));
  }

  @Test
  void aReportHoldsEveryForm() throws Exception {
    Path report = folder.resolve("report");
    int code =
        execute(
            "compare",
            "--agents",
            "none,static:80%",
            "--scenario",
            "constant",
            "--seeds",
            "2",
            "--duration",
            "5s",
            "--out",
            report.toString());
    assertEquals(ExitCode.OK.code(), code, err.toString());
    for (String name :
        List.of(
            "table.txt",
            "results.json",
            "use-download.png",
            "constant-delay.png",
            "constant-download.png",
            "no-shaping-constant-1.csv",
            "no-shaping-constant-1.jsonl",
            "static-80-constant-1.png")) {
      assertTrue(Files.size(report.resolve(name)) > 0, name);
    }
  }

  @Test
  void withoutATerminalThereAreNoEscapeSequences() {
    execute("doctor", "--help");
    execute("run", "--wan", "nosuch0", "--target", "127.0.0.1");
    assertFalse((out.toString() + err).contains("\u001b"), out.toString() + err);
  }

  private int execute(String... args) {
    PrintWriter outWriter = new PrintWriter(out);
    PrintWriter errWriter = new PrintWriter(err);
    Terminal terminal = new Terminal(outWriter, errWriter, false, Ansi.OFF);
    int code = Qos.commandLine(terminal, outWriter, errWriter).execute(args);
    outWriter.flush();
    errWriter.flush();
    return code;
  }
}
