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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that ports are put back as they were found when this JVM is killed. */
final class Undoing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Undoing.class);
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
    arm(ports, List.of(next));
  }

  private void arm(Collection<Port> ports, List<Port> next) throws ShaperException {
    List<Command> commands = new ArrayList<>();
    for (Port port : ports) {
      if (port.isOwned() || next.contains(port)) {
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
          "no guard could be started that restores the link if this program is killed: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Has another guard take over if the present one was killed.
   *
   * @throws ShaperException if there can be none
   */
  void renew(Collection<Port> ports) throws ShaperException {
    if (guard != null && !guard.alive()) {
      LOG.warn("the guard that restores the link is gone; another takes its place");
      arm(ports, List.of());
    }
  }

  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }
}
