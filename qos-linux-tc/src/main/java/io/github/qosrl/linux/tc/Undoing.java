package io.github.qosrl.linux.tc;

import com.google.common.base.Splitter;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees to it that ports are put back as they were found when this JVM is killed. */
final class Undoing implements AutoCloseable {
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private final Host host;
  private @Nullable ExitGuard guard;

  Undoing(Host host) {
    this.host = host;
  }

  /**
   * Has the guard undo what is owned, and what is about to be.
   *
   * @throws ShaperException if there can be no guard: then nothing should be changed
   */
  void arm(Collection<Port> ports, Port next) throws ShaperException {
    List<Command> commands = new ArrayList<>();
    for (Port port : ports) {
      if (port.isOwned() || port.equals(next)) {
        for (String command : port.undo()) {
          commands.add(Command.of(WORDS.splitToList(command)));
        }
      }
    }
    try {
      if (guard == null) {
        guard = ExitGuard.start(host);
      }
      guard.undo(commands);
    } catch (HostException e) {
      throw new ShaperException(
          "no guard could be started that restores %s if this program is killed: %s"
              .formatted(next.name(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }
}
