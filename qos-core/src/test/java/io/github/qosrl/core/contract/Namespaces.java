package io.github.qosrl.core.contract;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import java.util.List;
import java.util.stream.Stream;

/**
 * Network namespaces of a test. They go with {@link #close}, and when this JVM is killed: no test
 * leaves one behind for the next to find.
 */
public final class Namespaces implements AutoCloseable {
  private final Host local;

  private Namespaces(Host local) {
    this.local = local;
  }

  /**
   * Makes them, in the place of any of that name; skips the test where the machine cannot.
   *
   * @throws HostException if one cannot be made; none is left then
   */
  public static Namespaces make(String... names) throws HostException, InterruptedException {
    Needs.namespaces();
    Namespaces namespaces = new Namespaces(Hosts.local());
    try {
      namespaces.add(names);
      return namespaces;
    } catch (HostException | InterruptedException e) {
      namespaces.close();
      throw e;
    }
  }

  private void add(String... names) throws HostException, InterruptedException {
    List<Command> deletions =
        Stream.of(names).map(name -> Command.of("ip", "netns", "del", name)).toList();
    for (Command deletion : deletions) {
      local.run(deletion);
    }
    ExitGuard.start(local).undo(deletions);
    for (String name : names) {
      local.run(Command.of("ip", "netns", "add", name)).orThrow();
    }
  }

  /** This machine, on which they are. */
  public Host local() {
    return local;
  }

  /** Removes them: a host that is closed undoes what its guard holds. */
  @Override
  public void close() {
    local.close();
  }
}
