package io.github.qosrl.core.host;

import io.github.qosrl.core.contract.Background;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program that is killed by tests. Arguments: a host, what to do, and the file to create. Prints
 * the ids of the processes that it keeps running.
 */
final class GuardedProgram {
  private GuardedProgram() {}

  public static void main(String[] args) throws Exception {
    Host host = Hosts.parse(args[0]);
    ExitGuard guard = ExitGuard.start(host);
    guard.undo(List.of(Command.of("false"), append("first", args[2])));
    guard.undo(List.of(Command.of("false"), append("it's $HOME\n\"undone\" é", args[2])));
    host.start(Command.of("sh", "-c", "trap '' TERM; while :; do sleep 1; done"));
    host.start(Command.of("sleep", "300"));
    Background.run(() -> host.run(Command.of("sleep", "301")));
    while (((ProcessHost) host).will().watched().size() < 3) {
      Thread.sleep(10);
    }
    // These three, and the guard's shell.
    print(
        ProcessHandle.current()
            .children()
            .map(child -> Long.toString(child.pid()))
            .collect(Collectors.joining(" ")));
    switch (args[1]) {
      case "wait" -> Thread.sleep(300_000);
      case "exit" -> System.exit(0);
      case "close" -> {
        guard.close();
        host.close();
      }
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private static Command append(String text, String file) {
    return Command.of("tee", "-a", file).withInput(text);
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
