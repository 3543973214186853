package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        "compare --agents none --duration 1 | --duration '1' is not accepted",
        "train --actions random | there is no action set 'random'",
        "train --out /no/such/folder/p.safetensors | its folder does not exist",
        "train --episodes 0 | at least 1",
        "demo --train-time soon | --train-time 'soon'",
        "policy | a command is missing",
        "probe | nothing to measure",
        "probe --target 1.1.1.1 --interval 1ms | at least 50 ms",
        "probe --target 1.1.1.1 --host mars | accepted: local, or netns:NAME",
      })
  void mistakesOfTheCommandLine(String words, String message) {
    int code = execute(words.strip().split(" "));
    assertEquals(ExitCode.USAGE.code(), code, err.toString());
    assertTrue(err.toString().contains(message.strip()), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  @Test
  void everyPolicyThatIsNoneIsRefusedInOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text.safetensors"), "this is no policy at all");
    Path empty = Files.writeString(folder.resolve("empty.safetensors"), "");
    Path absent = folder.resolve("absent.safetensors");
    for (Path file : List.of(text, empty, absent, folder)) {
      assertEquals(ExitCode.USAGE.code(), execute("policy", "show", file.toString()));
    }
    assertEquals(4, err.toString().lines().count(), err.toString());
    assertEquals(
        ExitCode.USAGE.code(),
        execute("compare", "--seeds", "1", "--agents", text.toString()),
        err.toString());
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
    assertEquals(ExitCode.ENVIRONMENT.code(), code);
    assertTrue(
        err.toString().contains("there is no file or directory '/no/such.yaml'"), err.toString());
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
    assertTrue(out.toString().startsWith("["), out.toString());
    assertTrue(out.toString().stripTrailing().endsWith("]"), out.toString());
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
            "comparison.png",
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
