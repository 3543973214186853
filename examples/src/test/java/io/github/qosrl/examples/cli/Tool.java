package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tool in a JVM of its own, as a user runs it. */
final class Tool implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path output;

  private Tool(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, behind a prefix such as {@code setpriv …}. */
  static Tool start(List<String> prefix, String... args) throws Exception {
    return start(prefix, Qos.class, args);
  }

  /** Starts another program of ours. */
  static Tool start(List<String> prefix, Class<?> program, String... args) throws Exception {
    // A build in the background ignores SIGINT, one behind nohup SIGHUP, and children inherit that.
    List<String> argv = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
    argv.addAll(prefix);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    argv.addAll(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    argv.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    argv.addAll(List.of(args));
    Path output = Files.createTempFile("qos", ".out");
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    return new Tool(builder.start(), output);
  }

  static Tool start(String... args) throws Exception {
    return start(List.of(), args);
  }

  /** Starts it on a terminal of its own. */
  static Tool onTerminal(String... args) throws Exception {
    String script = "exec script -qec \"$*\" /dev/null";
    return start(List.of("env", "TERM=xterm", "sh", "-c", script, "script"), args);
  }

  /** Types on its terminal. */
  void type(String keys) throws Exception {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** All it has printed. */
  String text() throws Exception {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Waits until it has printed the words. */
  void await(String words) throws Exception {
    for (int i = 0; i < PATIENCE_SECONDS * 10 && !text().contains(words); i++) {
      assertTrue(process.isAlive() || text().contains(words), "it ended: " + text());
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    assertTrue(text().contains(words), "never said '" + words + "': " + text());
  }

  /** The processes that it has started and that still run, and theirs. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Its process id, by which the laboratory names its namespaces. */
  long pid() {
    return process.pid();
  }

  /** Sends a signal. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  /** Its exit code, once it ends. */
  int exitCode() throws Exception {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end: " + text());
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
    Files.delete(output);
  }
}
