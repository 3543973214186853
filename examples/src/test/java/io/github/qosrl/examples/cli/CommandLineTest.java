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
        "run --wan eth0 --target 1.1.1.1 --min fast | qos: --min 'fast' is not accepted",
        "run --wan eth0 --target 1.1.1.1 --duration soon | qos: --duration 'soon' is not accepted",
        "run --wan eth0 --target 1.1.1.1 --log a,b.csv | qos: --log names 'a'; accepted: files that end in",
        "run --wan eth0 --target 1.1.1.1 --log /no/such/a.csv | --log names '/no/such/a.csv', but there is no folder",
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
        "train --out /no/such/p.safetensors | cannot be written: there is no folder '/no/such'",
        "train --out / | --out '/' cannot be written: it is a folder",
        "train --checkpoint /no/such/c | --checkpoint '/no/such/c' cannot be written",
        "train --plot /no/such/c.png | --plot '/no/such/c.png' cannot be written",
        "train --training-log /no/such/c.csv | --training-log '/no/such/c.csv' cannot be written",
        "compare --report /etc/passwd/report | '/etc/passwd' is no folder",
        "lab --report /etc/passwd/report | '/etc/passwd' is no folder",
        "demo --out /etc/passwd/report | '/etc/passwd' is no folder",
        "train --episodes 0 | at least 1",
        "demo --train-time soon | --train-time 'soon'",
        "policy | a command is missing",
        "tc show | qos: tc show: 'wan' is missing",
        "run --wan lo --target 127.0.0.1 --probe playback | qos: --probe cannot be playback",
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
  void anIperf3TestThatNeverSucceededIsNoSuccess() {
    // No test is over so soon.
    int code = execute("probe", "--iperf3", "127.0.0.1", "--count", "1", "--interval", "50ms");
    assertEquals(ExitCode.ENVIRONMENT.code(), code, err.toString());
    assertTrue(err.toString().contains("no test against 127.0.0.1 has succeeded"), err.toString());
  }

  @Test
  void unknownInterfaceIsNamed() {
    int code = execute("run", "--wan", "nosuch0", "--target", "127.0.0.1", "--duration", "1s");
    assertEquals(ExitCode.ENVIRONMENT.code(), code, err.toString());
    assertTrue(err.toString().contains("nosuch0"), err.toString());
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
