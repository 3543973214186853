package io.github.qosrl.core.contract;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A host on which nothing runs: commands are recorded and answered as a test says.
 *
 * <pre>{@code
 * FakeHost host = new FakeHost()
 *     .on("tc -V", "tc utility, iproute2-6.1.0")
 *     .onFailure("tc qdisc add", 2, "RTNETLINK answers: File exists")
 *     .file("/sys/class/net/eth0/ifindex", "2\n");
 * }</pre>
 *
 * <p>A command is answered by the newest entry that its text starts with; by success and silence if
 * there is none. A started process is a {@link FakeProcess}.
 */
public final class FakeHost implements Host {

  /** Answers a command. */
  @FunctionalInterface
  public interface Answer {
    /** The command's result; or why it could not run. */
    CommandResult to(Command command) throws HostException;
  }

  private record Entry(String prefix, Answer answer) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<FakeProcess> processes = new ArrayList<>();
  private final Map<String, String> files = new HashMap<>();
  private int closes;

  /** Has commands whose text starts with the prefix print something and succeed. */
  public FakeHost on(String prefix, String stdout) {
    return onAnswer(prefix, command -> new CommandResult(command, 0, stdout, ""));
  }

  /** Has commands whose text starts with the prefix end with an error. */
  public FakeHost onFailure(String prefix, int exitCode, String stderr) {
    return onAnswer(prefix, command -> new CommandResult(command, exitCode, "", stderr));
  }

  /** Has commands whose text starts with the prefix not run at all; started ones neither. */
  public FakeHost onRefusal(String prefix, HostException.Kind kind, String message) {
    return onAnswer(
        prefix,
        command -> {
          throw new HostException(kind, message);
        });
  }

  /** Has commands whose text starts with the prefix answered by code. */
  public synchronized FakeHost onAnswer(String prefix, Answer answer) {
    entries.add(0, new Entry(prefix, answer));
    return this;
  }

  /** Sets the content of a file. */
  public synchronized FakeHost file(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** Removes a file, and all whose path starts with {@code path/}. */
  public synchronized FakeHost noFile(String path) {
    files.keySet().removeIf(name -> name.equals(path) || name.startsWith(path + "/"));
    return this;
  }

  /** What ran to its end, oldest first, each as one would type it. */
  public synchronized List<String> ran() {
    return commands.stream().map(Command::toString).toList();
  }

  /** What ran to its end, oldest first. */
  public synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  /** The processes started, oldest first. */
  public synchronized List<FakeProcess> processes() {
    return List.copyOf(processes);
  }

  /** The process started last. */
  public synchronized FakeProcess process() {
    return processes.get(processes.size() - 1);
  }

  /** How often it was closed. */
  public synchronized int closes() {
    return closes;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public synchronized CommandResult run(Command command)
      throws HostException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    commands.add(command);
    return answer(command);
  }

  @Override
  public synchronized HostProcess start(Command command) throws HostException {
    answer(command);
    FakeProcess process = new FakeProcess(command, 1000 + processes.size());
    processes.add(process);
    return process;
  }

  private CommandResult answer(Command command) throws HostException {
    for (Entry entry : entries) {
      if (command.toString().startsWith(entry.prefix())) {
        return entry.answer().to(command);
      }
    }
    return new CommandResult(command, 0, "", "");
  }

  @Override
  public synchronized String read(String path) throws HostException {
    String content = files.get(path);
    if (content == null) {
      throw new HostException(
          HostException.Kind.UNREACHABLE, "there is no " + path + " on " + name());
    }
    return content;
  }

  @Override
  public synchronized void close() {
    closes++;
    processes.forEach(FakeProcess::close);
  }
}
