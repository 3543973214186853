package io.github.qosrl.examples.lab;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.examples.report.RunResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A laboratory in a kernel of its own: Debian's user-mode Linux, booted on this machine's files as
 * an ordinary process. It has all qdiscs, needs no privilege, and has one CPU.
 *
 * <p>In there this very program runs again, told to use the kernel it is in; what it sees comes out
 * on the console, what it found in a file.
 */
public final class UserModeLab {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LAST_WORDS = 5;

  /** What the kernel has as modules and a laboratory uses, in the order of their needs. */
  private static final List<String> NEEDED =
      List.of(
          "veth",
          "ifb",
          "sch_htb",
          "sch_netem",
          "sch_cake",
          "sch_fq_codel",
          "sch_ingress",
          "sch_tbf",
          "cls_u32",
          "cls_matchall",
          "act_mirred",
          "tcp_bbr");

  private UserModeLab() {}

  /** What keeps it from running here; empty if nothing does. */
  public static Optional<String> missing(Host local) throws InterruptedException {
    try {
      local.run(Command.of(UserModeKernel.PROGRAM, "--version"));
      local.run(Command.of("insmod", "--version"));
      return Files.isDirectory(UserModeKernel.MODULES)
          ? Optional.empty()
          : Optional.of(UserModeKernel.MODULES + " is not there");
    } catch (HostException e) {
      return Optional.of(
          "a kernel in user mode needs, on Debian: sudo apt-get install user-mode-linux kmod (%s)"
              .formatted(e.getMessage()));
    }
  }

  /**
   * Boots, runs the tool in there, and waits for its end. Nothing is left behind, whatever happens.
   *
   * @param arguments the tool's own, without the directory that results go to
   * @param directoryOption what precedes that directory
   * @param limit the longest it may take
   * @param live is told of every moment as it passes
   * @throws QosException if it did not work: with what the tool in there said
   */
  public static List<RunResult> run(
      Host local,
      List<String> arguments,
      String directoryOption,
      Duration limit,
      Consumer<LabEvent> live)
      throws QosException, InterruptedException, IOException {
    Path directory = Files.createTempDirectory("qos-lab-");
    try (ExitGuard guard = ExitGuard.start(local)) {
      guard.undo(List.of(Command.of("rm", "-rf", directory.toString())));
      try {
        List<String> inside = new ArrayList<>(arguments);
        inside.addAll(List.of(directoryOption, directory.toString()));
        Path errors = directory.resolve("errors");
        Command boot =
            UserModeKernel.prepare(
                directory, urgently(local), NEEDED, java(directory, inside), errors);
        Deque<String> lastWords = new ArrayDeque<>();
        try (HostProcess kernel = local.start(boot)) {
          // Read, so that it never fills: what the kernel says before its console stands.
          Console early = new Console(kernel.stderr());
          follow(new Console(kernel.stdout()), limit, live, lastWords);
          if (lastWords.isEmpty()) {
            lastWords.addAll(early.lines(POLL));
          }
        }
        return outcome(directory, lastWords);
      } finally {
        delete(directory);
      }
    }
  }

  /**
   * The kernel in there runs in real time on one CPU, of which it needs a part: where there is
   * another, and this user may say so, what else the machine does shall wait (sched(7)).
   */
  private static List<String> urgently(Host local) throws InterruptedException {
    List<String> roundRobin = List.of("chrt", "--rr", "1");
    List<String> trial = new ArrayList<>(roundRobin);
    trial.add("true");
    try {
      boolean others = Runtime.getRuntime().availableProcessors() > 1;
      return others && local.run(Command.of(trial)).ok() ? roundRobin : List.of();
    } catch (HostException e) {
      return List.of();
    }
  }

  private static void follow(
      Console console, Duration limit, Consumer<LabEvent> live, Deque<String> lastWords)
      throws QosException, InterruptedException {
    MonotonicClock clock = MonotonicClock.system();
    Instant deadline = clock.now().plus(limit);
    while (!console.ended()) {
      if (clock.now().isAfter(deadline)) {
        throw new HostException(
            HostException.Kind.TIMED_OUT,
            "the laboratory in user mode did not end within %d s; is this machine very busy?"
                .formatted(limit.toSeconds()));
      }
      for (String line : console.lines(POLL)) {
        Optional<LabEvent> event = LabEvent.parse(line);
        event.ifPresent(live);
        if (event.isEmpty() && !line.isBlank()) {
          lastWords.add(line);
          if (lastWords.size() > LAST_WORDS) {
            lastWords.remove();
          }
        }
      }
    }
  }

  private static List<RunResult> outcome(Path directory, Deque<String> lastWords)
      throws QosException, IOException {
    Path results = directory.resolve("results.json");
    if (Files.exists(results)) {
      return LabEvent.read(results);
    }
    Path errors = directory.resolve("errors");
    String said = Files.exists(errors) ? Files.readString(errors).strip() : "";
    throw new QosException(
        "the laboratory in user mode failed: "
            + (said.isEmpty() ? String.join(" / ", lastWords) : said.replace("qos: ", "")));
  }

  /**
   * This program again: same machine, same classes. The arguments are in a file: a class path makes
   * them longer than a page, and the kernel in user mode has been seen to mix those up.
   */
  private static List<String> java(Path directory, List<String> arguments) throws IOException {
    List<String> argv = new ArrayList<>();
    // One slow CPU: the quick compiler, and no statistics in the host's /tmp under our process id.
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    argv.addAll(List.of("-Xshare:auto", "-Xmx384m", "-Djava.io.tmpdir=/run"));
    argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
    argv.add("io.github.qosrl.examples.cli.Qos");
    argv.addAll(arguments);
    Path file = directory.resolve("arguments");
    Files.write(
        file,
        argv.stream().map(a -> '"' + a.replace("\\", "\\\\").replace("\"", "\\\"") + '"').toList());
    return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (File file : all.sorted(Comparator.reverseOrder()).map(Path::toFile).toList()) {
        Files.deleteIfExists(file.toPath());
      }
    }
  }
}
