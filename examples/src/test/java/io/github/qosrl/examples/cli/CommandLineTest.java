package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of a mistake: the exit code, and one clear text without a stack trace. */
final class CommandLineTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docto | Did you mean: qos doctor?",
        "run | 'wan' is missing",
        "run --wan eth0 --target 1.1.1.1 --min fast | qos: --min 'fast' is not accepted",
        "run --wan eth0 --target 1.1.1.1 --duration soon | qos: --duration 'soon' is not accepted",
        "run --wan eth0 --target 1.1.1.1 --agent static:80% | --agent has a mistake: static: 'upload' = '80%'",
        "run --wan eth0 --target 1.1.1.1 --log a,b.csv | qos: --log names 'a'; accepted: files that end in",
        "run --wan eth0 --target 1.1.1.1 --log /no/such/a.csv | --log names '/no/such/a.csv', but there is no folder",
        "run --wan eth0 --lan eth0 --target 1.1.1.1 | another interface than 'wan'",
        "run --wan eth0 --target 1.1.1.1 --wann eth1 | Unknown options: '--wann'",
        "compare --agents skynet --seeds 1 | there is no agent 'skynet'; there are: none",
        "compare --agents static:fast --seeds 1 | is no fixed rate",
        "compare --scenario mars --agents none | there is no scenario 'mars'; there are: demo",
        "compare --seeds 0 | at least 1",
        "compare --agents none --jobs 0 | at least 1",
        "compare --jobs many | '--jobs': 'many' is not a whole number",
        "train --episodes many | '--episodes': 'many' is not a whole number",
        "compare --agents none --set all | accepted: training, validation or test",
        "compare --agents none --family mars | there is no family 'mars'; there are: steady",
        "compare --agents none --set training --family starlink | is not in the training set",
        "compare --agents none --against autorate | is not among --agents: none",
        "compare --agents none --rtt 0ms | --rtt '0ms' is not accepted",
        "compare --agents none --streams 0 | --streams 0 is not accepted",
        "compare --agents none --load sideways | accepted: download, upload or both",
        "compare --agents none --on-off 4s | --on-off '4s' is not accepted; accepted: two times",
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
        "probe --target 127.0.0.1 --probe playback | qos: --probe cannot be playback, which does not",
        "probe --target 127.0.0.1 --probe mars | qos: --probe cannot be used: there is no probe 'mars'",
        "probe --target 1.1.1.1 --interval 1ms | at least 50 ms",
        "probe --target 1.1.1.1 --flows | --flows needs --interface",
        "run --wan eth0 --target 1.1.1.1 --flows maybe | --flows 'maybe' is not accepted; accepted: auto, off or on",
        "probe --target 1.1.1.1 --host mars | accepted: local, netns:NAME, ssh:[USER@]ROUTER[:PORT]",
      })
  void mistakesOfTheCommandLine(String words, String message) {
    Invocation run = Invocation.of(words.strip().split(" "));
    assertEquals(ExitCode.USAGE.code(), run.code(), run.err());
    assertTrue(run.err().contains(message.strip()), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void anIperf3TestThatNeverSucceededIsNoSuccess() {
    // No test is over so soon.
    Invocation run =
        Invocation.of("probe", "--iperf3", "127.0.0.1", "--count", "1", "--interval", "50ms");
    assertEquals(ExitCode.ENVIRONMENT.code(), run.code(), run.err());
    assertTrue(run.err().contains("no test against 127.0.0.1 has succeeded"), run.err());
  }

  @Test
  void unknownInterfaceIsNamed() {
    Invocation run =
        Invocation.of("run", "--wan", "nosuch0", "--target", "127.0.0.1", "--duration", "1s");
    assertEquals(ExitCode.ENVIRONMENT.code(), run.code(), run.err());
    assertTrue(run.err().contains("nosuch0"), run.err());
  }

  @Test
  void nothingButTheResultGoesToStandardOutput() {
    Invocation run =
        Invocation.of(
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
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    assertTrue(run.out().startsWith("{"), run.out());
    assertTrue(run.out().stripTrailing().endsWith("}"), run.out());
  }

  @Test
  void aSetIsDrawnFamilyByFamilyAndComparedPairwise() {
    Invocation run =
        Invocation.of(
            "compare --set test --seeds 2 --duration 2s --agents none,static:80% --against none"
                .split(" "));
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    for (String family : new ScenarioOptions.Families()) {
      assertTrue(run.out().contains("\n" + family + " "), run.out());
    }
    assertTrue(run.out().contains("More (or less) than no shaping"), run.out());
  }

  @Test
  void aTraceInMahimahisFormatTakesTheScenariosPlace() throws Exception {
    Path trace = folder.resolve("ten.trace");
    // A packet of 1,500 bytes every 2 ms: 6 Mbit/s.
    Files.writeString(trace, "2\n4\n6\n8\n10\n");
    Invocation run =
        Invocation.of(
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
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
    assertTrue(run.out().contains("\"link\" : \"ten\""), run.out());
  }

  @Test
  void aReportHoldsEveryForm() throws Exception {
    Path report = folder.resolve("report");
    Invocation run =
        Invocation.of(
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
    assertEquals(ExitCode.OK.code(), run.code(), run.err());
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
    Invocation help = Invocation.of("doctor", "--help");
    Invocation refused = Invocation.of("run", "--wan", "nosuch0", "--target", "127.0.0.1");
    String all = help.out() + help.err() + refused.out() + refused.err();
    assertFalse(all.contains("\u001b"), all);
  }
}
