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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  /** A sign of life: a line that no last will looks like. */
  private static final String BEAT = ".";

  private static final int BEATS = 5;

  private static final Duration EXECUTION = Duration.ofSeconds(10);

  private final Starter starter;
  private final Map<Object, String> clauses = new LinkedHashMap<>();
  private final Set<Long> processes = new LinkedHashSet<>();
  private final Duration patience;
  private @Nullable HostProcess shell;
  private @Nullable ScheduledExecutorService heart;

  /**
   * @param patience how long the shell waits for a sign of life, in whole seconds; zero for ever
   */
  LastWill(Starter starter, Duration patience) {
    this.starter = starter;
    this.patience = patience;
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
      writeIfAlive(text());
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
      writeIfAlive(text());
    }
  }

  /** Leaves a process to the present shell, which may hear no more; the next will spare it. */
  synchronized void lose(long pid) {
    processes.remove(pid);
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
    if (heart != null) {
      heart.shutdownNow();
      heart = null;
    }
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
      String before = shell == null ? "" : Long.toString(shell.pid());
      retire();
      shell = starter.start(command(before));
      startBeating();
    }
    return shell;
  }

  private Command command(String before) {
    return patience.isZero()
        ? Command.of("sh", "-c", WillScript.PLAIN)
        : Command.of(
            "sh", "-c", WillScript.WATCHED, "sh", Long.toString(patience.toSeconds()), before);
  }

  private void startBeating() {
    if (heart == null && !patience.isZero()) {
      heart = Executors.newSingleThreadScheduledExecutor(t -> Launch.daemon(t, "qos-heart"));
      long period = patience.toMillis() / BEATS;
      heart.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void beat() {
    if (alive()) {
      writeIfAlive(BEAT);
    }
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

  private void writeIfAlive(String line) {
    if (shell != null) {
      try {
        send(shell.stdin(), line);
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
      text.append("printf %s ").append(onOneLine(Command.of(command.input()))).append(" | ");
    }
    return text.append(onOneLine(command)).append("; ").toString();
  }

  private static String onOneLine(Command command) {
    return command.quoted().replace("\n", "'\"$n\"'");
  }
}
