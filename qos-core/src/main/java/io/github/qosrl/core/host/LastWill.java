package io.github.qosrl.core.host;

import com.google.common.base.Joiner;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a host when this JVM is gone, however it went: {@code kill -9} included.
 *
 * <p>A tiny shell, in a session of its own, reads lines from this JVM and keeps the newest. The
 * kernel closes the pipe when the JVM dies; at the end of its input the shell executes that line:
 * it ends the processes named there, waits until they are dead, runs the commands, and ends those
 * processes that had to outlive them. One shell serves a host.
 *
 * <p>What was written into a pipe of this machine will be read. What was written into a connection
 * may be lost with it: a shell at the far end of one says of each line that it has it, and whoever
 * sets something here waits for that. Thread-safe.
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
  private final Map<Object, Set<Long>> lasting = new HashMap<>();
  private final Set<Long> processes = new LinkedHashSet<>();
  private final Duration patience;
  private volatile @Nullable HostProcess shell;
  private @Nullable Receipts receipts;
  private @Nullable ScheduledExecutorService heart;

  /** The latest shell's id: the next one waits until all of it is gone. */
  private String predecessor = "";

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
  boolean alive() {
    HostProcess running = shell;
    return running != null && running.alive();
  }

  /**
   * Sets what an owner wants done; the latest owner's commands run first.
   *
   * @param last those of the processes to be ended that must outlive all commands
   */
  synchronized void put(Object owner, String commands, Set<Long> last) throws HostException {
    clauses.put(owner, commands);
    lasting.put(owner, last);
    write();
  }

  /** Forgets what an owner wanted done. */
  synchronized void remove(Object owner) {
    lasting.remove(owner);
    if (clauses.remove(owner) != null) {
      writeIfAlive(text());
    }
  }

  /** Has a process ended, with all of its session; the shell knows of it when this returns. */
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

  /** Those of them that it would end after all commands. */
  synchronized Set<Long> last() {
    return processes.stream()
        .filter(pid -> lasting.values().stream().anyMatch(pids -> pids.contains(pid)))
        .collect(Collectors.toSet());
  }

  /** Starts the shell anew: the place it lives in was replaced. Nothing is executed. */
  synchronized void move() throws HostException {
    writeIfAlive("");
    retire();
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
    processes.retainAll(last());
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
    HostProcess running = shell;
    if (running == null || !running.alive()) {
      retire();
      running = starter.start(command());
      predecessor = Long.toString(running.pid());
      receipts = patience.isZero() ? null : Receipts.of(running);
      shell = running;
      startBeating();
    }
    return running;
  }

  private Command command() {
    return patience.isZero()
        ? Command.of("sh", "-c", WillScript.PLAIN)
        : Command.of(
            "sh", "-c", WillScript.WATCHED, "sh", Long.toString(patience.toSeconds()), predecessor);
  }

  private void startBeating() {
    if (heart == null && !patience.isZero()) {
      heart = Executors.newSingleThreadScheduledExecutor(t -> Launch.daemon(t, "qos-heart"));
      long period = patience.toMillis() / BEATS;
      heart.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
    }
  }

  /** Waits for nobody: a sign of life must not come late because something else is under way. */
  private void beat() {
    HostProcess running = shell;
    if (running != null && running.alive()) {
      try {
        send(running.stdin(), BEAT);
      } catch (IOException e) {
        // As below.
      }
    }
  }

  private void write() throws HostException {
    try {
      deliver();
    } catch (IOException e) {
      // It ended a moment ago, and the system has not told yet.
      retire();
      deliverOrFail();
    }
  }

  private void deliverOrFail() throws HostException {
    try {
      deliver();
    } catch (IOException e) {
      throw new HostException(
          patience.isZero() ? HostException.Kind.FAILED : HostException.Kind.NOT_CONNECTED,
          "the exit guard does not take commands: " + e.getMessage(),
          e);
    }
  }

  private void deliver() throws HostException, IOException {
    HostProcess to = shell();
    Receipts from = receipts;
    if (from == null) {
      send(to.stdin(), text());
      return;
    }
    from.expect();
    send(to.stdin(), text());
    try {
      from.await(patience.plus(EXECUTION));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(
          HostException.Kind.FAILED, "interrupted while the exit guard was told", e);
    }
  }

  private void writeIfAlive(String line) {
    HostProcess running = shell;
    if (running != null) {
      if (receipts != null) {
        receipts.expect();
      }
      try {
        send(running.stdin(), line);
      } catch (IOException e) {
        // It is dead; whoever needs it next starts another.
      }
    }
  }

  private void retire() {
    HostProcess running = shell;
    shell = null;
    receipts = null;
    if (running != null) {
      running.close();
    }
  }

  private static void send(OutputStream stdin, String line) throws IOException {
    stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    stdin.flush();
  }

  private String text() {
    Set<Long> last = last();
    StringBuilder text = new StringBuilder();
    text.append(each("end", Sets.difference(processes, last)));
    Deque<String> latestFirst = new ArrayDeque<>();
    clauses.values().forEach(latestFirst::push);
    latestFirst.forEach(text::append);
    text.append(each("send KILL", last));
    return text.toString();
  }

  private static String each(String function, Set<Long> pids) {
    return pids.isEmpty() ? "" : function + " " + Joiner.on(' ').join(pids) + "; ";
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
