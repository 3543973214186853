package io.github.qosrl.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.policy.PolicyFile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a user sees of a file that is not there, or holds something else: one line, before any work,
 * and the exit code of a mistake on the command line.
 */
final class NamedFilesTest {
  private static final String LINK = "wan: lo\ntargets: [127.0.0.1]\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void everyPolicyThatCannotBeUsedIsRefused() throws Exception {
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
    Path config = write("c.yaml", LINK + "http: 0\n");
    for (Map.Entry<Path, String> entry : refused.entrySet()) {
      String file = entry.getKey().toString();
      assertRefused(entry.getValue(), "policy", "show", file);
      assertRefused(entry.getValue(), "compare", "--seeds", "1", "--agents", "none," + file);
      assertRefused(entry.getValue(), "lab", "--agents", "none," + file);
      assertRefused(entry.getValue(), "demo", "--policy", file);
      assertRefused(
          "--agent has a mistake: policy", "run", "--config", config + "", "--agent", file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "scenarios", "lab"})
  void everyTraceThatCannotBeUsedIsRefused(String command) throws Exception {
    String absent = folder.resolve("absent.trace").toString();
    assertRefused(
        "--trace '" + absent + "' cannot be read: there is no such file",
        command,
        "--trace",
        absent);
    assertRefused("there is no such file", command, "--trace", "kbit:" + absent);
    assertRefused("--upload-trace '" + absent, command, "--upload-trace", absent);
    assertRefused("it is a directory", command, "--trace", folder.toString());
    assertRefused("it is a directory", command, "--trace", "");
    assertRefused(
        "line 1: 'hello' is not a whole number", command, "--trace", write("t", "hello") + "");
    assertRefused("the trace is empty", command, "--trace", write("e", "") + "");
    Path binary = Files.write(folder.resolve("b"), new byte[] {-1, -2, 10});
    assertRefused("it is not text in UTF-8", command, "--trace", binary.toString());
  }

  @Test
  void everyRunLogAndCheckpointThatCannotBeUsedIsRefused() throws Exception {
    String policy = folder.resolve("p.safetensors").toString();
    String absent = folder.resolve("absent.jsonl").toString();
    assertRefused("there is no such file", "train", "--out", policy, "--from-log", absent);
    String text = write("text.jsonl", "hello\n").toString();
    assertRefused("text.jsonl', line 1", "train", "--out", policy, "--from-log", text);
    assertRefused("is not a checkpoint", "train", "--out", policy, "--checkpoint", text);
  }

  @Test
  void everyConfigurationThatNamesAFileThatCannotBeUsedIsRefused() throws Exception {
    assertRefused(
        "the configuration file '/no/such.yaml' does not exist",
        "run",
        "--config",
        "/no/such.yaml");
    assertRefused("c.yaml: 'agent' has a mistake: policy", configured("agent: absent.safetensors"));
    assertRefused(
        "policy absent.safetensors does not exist",
        configured("agent: {id: dqn, policy: absent.safetensors}"));
    assertRefused(
        "c.yaml: 'capture' has a mistake: capture 'absent.pcap' cannot be read: there is no such file",
        configured("capture: {file: absent.pcap}"));
    Path text = write("text", "this is a text, and by no means a capture of packets");
    assertRefused("this is not a pcap file", configured("capture: {file: " + text + "}"));
    assertRefused(
        "table of services 'absent' cannot be read",
        configured("capture: {file: a.pcap, services: absent}"));
  }

  @Test
  void aMistakeInAnOptionIsNotBlamedOnTheConfigurationFile() throws Exception {
    String config =
        write("c.yaml", LINK + "agent: {id: autorate, base: 20mbit}\nmin: 1mbit\n").toString();
    assertRefused("qos: --min 'fast' is not accepted", "run", "--config", config, "--min", "fast");
    assertRefused("qos: --log names 'x.txt'", "run", "--config", config, "--log", "x.txt");
    assertRefused("qos: --target has a mistake", "run", "--config", config, "--target", "!");
    assertRefused(
        "qos: --agent cannot be used: there is no agent 'skynet'",
        "run",
        "--config",
        config,
        "--agent",
        "skynet");
    assertRefused(
        "qos: --host is not accepted", "tc", "show", "--config", config, "--host", "mars");
  }

  @Test
  void aReportThatCannotBeWrittenNamesItsFolderAndTheTableIsNotLost() throws Exception {
    Path report = folder.resolve("report");
    Files.createDirectories(report.resolve("table.txt"));
    String words = "compare --agents none --scenario constant --seeds 1 --duration 5s --report ";
    Invocation run = Invocation.of((words + report).split(" "));
    assertEquals(ExitCode.ENVIRONMENT.code(), run.code(), run.err());
    assertTrue(run.err().contains(report.toString()), run.err());
    assertTrue(run.out().contains("no shaping"), run.out());
  }

  private String[] configured(String more) throws Exception {
    Path config = write("c.yaml", LINK + more + "\nhttp: 0\n");
    return new String[] {"run", "--config", config.toString()};
  }

  private static void assertRefused(String message, String... args) {
    Invocation run = Invocation.of(args);
    assertEquals(ExitCode.USAGE.code(), run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path policy(String name, byte[] content) throws Exception {
    return Files.write(folder.resolve(name + ".safetensors"), content);
  }

  private static byte[] pretrained() throws Exception {
    try (InputStream in = PolicyFile.class.getResourceAsStream("pretrained.safetensors")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
