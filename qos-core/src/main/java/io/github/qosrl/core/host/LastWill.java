package io.github.qosrl.core.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a host when this JVM is gone, however it went: {@code kill -9} included.
 *
 * <p>A tiny shell, in a session of its own, reads lines from this JVM and keeps the newest. The
 * kernel closes the pipe when the JVM dies; at the end of its input the shell executes that line:
 * it ends the processes named there, waits until they are dead, and runs the commands. One shell
 * serves a host. Thread-safe.
 */
final class LastWill {

  /** Starts the shell. */
  @FunctionalInterface
  interface Starter {
    HostProcess start(Command command) throws HostException;
  }

  /**
   * Signals that end a whole service reach the shell too, and must not end it before its time. The
   * processes are leaders of their sessions, so that the negative id reaches their children as
   * well. They must be dead before the commands run: one of them may be about to change the very
   * thing that a command undoes.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      n='
      '
      send() { s=$1; shift; for p; do kill -s "$s" -- "-$p" || kill -s "$s" "$p"; done; }
      living() { for p; do kill -s 0 -- "-$p" && return 0; done; return 1; }
      end() {
        send TERM "$@"
        i=0
        while [ $i -lt 8 ] && living "$@"; do sleep 0.025; i=$((i + 1)); done
        if living "$@"; then send KILL "$@"; fi
      }
      will=
      echo
      while IFS= read -r line; do will=$line; done
      exec </dev/null >/dev/null 2>&1
      eval "$will"
      """;

  private static final Duration EXECUTION = Duration.ofSeconds(10);

  private final Starter starter;
  private final Map<Object, String> clauses = new LinkedHashMap<>();
  private final Set<Long> processes = new LinkedHashSet<>();
  private @Nullable HostProcess shell;

  LastWill(Starter starter) {
    this.starter = starter;
  }

  /** The shell's process id; starts it, and tells it what there is to do, if it does not run. */
  synchronized long shellPid() throws HostException {
    if (!alive() && !text().isEmpty()) {
      write();
    }
    return shell().pid();
  }

  /** Whether the shell runs. */
  synchronized boolean alive() {
    return shell != null && shell.alive();
  }

  /** Sets what an owner wants done; the latest owner's commands run first. */
  synchronized void put(Object owner, String commands) throws HostException {
    clauses.put(owner, commands);
    write();
  }

  /** Forgets what an owner wanted done. */
  synchronized void remove(Object owner) {
    if (clauses.remove(owner) != null) {
      writeIfAlive();
    }
  }

  /** Has a process ended, with all of its session. */
  synchronized void watch(long pid) throws HostException {
    processes.add(pid);
    write();
  }

  /** Spares a process. */
  synchronized void forget(long pid) {
    if (processes.remove(pid)) {
      writeIfAlive();
    }
  }

  /** The processes that it would end. */
  synchronized Set<Long> watched() {
    return Set.copyOf(processes);
  }

  /** Starts the shell anew: the place it lives in was replaced. Nothing is executed. */
  synchronized void move() throws HostException {
    if (shell != null) {
      try {
        send(shell.stdin(), "");
      } catch (IOException e) {
        // It is dead, which is as good.
      }
      shell.close();
      shell = null;
    }
    write();
  }

  /** Ends the shell. What owners still want done is done now. */
  synchronized void close() {
    HostProcess last = shell;
    shell = null;
    if (last == null) {
      return;
    }
    processes.clear();
    try (OutputStream stdin = last.stdin()) {
      send(stdin, text());
    } catch (IOException e) {
      // It is dead, and close has nothing left to do.
    }
    try {
      last.waitFor(EXECUTION);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    last.close();
  }

  private HostProcess shell() throws HostException {
    if (shell == null || !shell.alive()) {
      retire();
      shell = starter.start(Command.of("sh", "-c", SCRIPT));
    }
    return shell;
  }

  private void write() throws HostException {
    try {
      send(shell().stdin(), text());
    } catch (IOException e) {
      // It was killed a moment ago, and the system has not told yet.
      retire();
      writeOrFail();
    }
  }

  private void writeOrFail() throws HostException {
    try {
      send(shell().stdin(), text());
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.FAILED, "the exit guard does not take commands: " + e.getMessage(), e);
    }
  }

  private void writeIfAlive() {
    if (shell != null) {
      try {
        send(shell.stdin(), text());
      } catch (IOException e) {
        // It is dead; whoever needs it next starts another.
      }
    }
  }

  private void retire() {
    if (shell != null) {
      shell.close();
      shell = null;
    }
  }

  private static void send(OutputStream stdin, String line) throws IOException {
    stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    stdin.flush();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    if (!processes.isEmpty()) {
      text.append("end");
      processes.forEach(pid -> text.append(' ').append(pid));
      text.append("; ");
    }
    Deque<String> latestFirst = new ArrayDeque<>();
    clauses.values().forEach(latestFirst::push);
    latestFirst.forEach(text::append);
    return text.toString();
  }

  /**
   * A command as a line of shell text that runs exactly it. The shell's variable {@code n} holds a
   * line break, which a line cannot.
   */
  static String clause(Command command) {
    StringBuilder text = new StringBuilder();
    if (!command.input().isEmpty()) {
      text.append("printf %s ").append(quote(command.input())).append(" | ");
    }
    command.argv().forEach(word -> text.append(quote(word)).append(' '));
    return text.append("; ").toString();
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''").replace("\n", "'\"$n\"'") + "'";
  }
}
