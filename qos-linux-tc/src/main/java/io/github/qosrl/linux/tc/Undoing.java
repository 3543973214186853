package io.github.qosrl.linux.tc;

import com.google.common.base.Splitter;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that ports are put back as they were found when this JVM is killed, and that nobody
 * else takes them before.
 */
final class Undoing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Undoing.class);
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private final Host host;
  private final LinkLocks locks;
  private @Nullable ExitGuard guard;

  private List<Command> told = List.of();

  /** Who held the locks, and who was to be waited for, when they were last told of each other. */
  private List<Long> introduced = List.of();

  Undoing(Host host, LinkLocks locks) {
    this.host = host;
    this.locks = locks;
  }

  /**
   * Has the guard undo what is ours of the ports, and of the one that is about to be taken.
   *
   * @throws ShaperException if there can be no guard: then nothing should be changed
   */
  void arm(Collection<Port> ports, Port next) throws ShaperException {
    arm(ports, List.of(next));
  }

  /**
   * Has the guard leave alone what is not ours any more.
   *
   * @throws ShaperException if there can be no guard
   */
  void disarm(Collection<Port> ports) throws ShaperException {
    if (guard != null) {
      arm(ports, List.of());
    }
  }

  private void arm(Collection<Port> ports, List<Port> next) throws ShaperException {
    List<Command> commands = new ArrayList<>();
    for (Port port : ports) {
      if (port.isEntered() || next.contains(port)) {
        for (String command : port.undo()) {
          commands.add(Command.of(WORDS.splitToList(command)));
        }
      }
    }
    try {
      ExitGuard standing = guard;
      if (standing == null) {
        standing = ExitGuard.start(host);
        guard = standing;
      }
      if (standing.alive() && commands.equals(told) && introduction(standing).equals(introduced)) {
        return;
      }
      standing.undo(commands, locks.holder().stream().toList());
      locks.outlive(standing.pid());
      told = commands;
      introduced = introduction(standing);
    } catch (HostException e) {
      throw new ShaperException(
          "no guard could be started that restores the link if this program is killed: "
              + e.getMessage(),
          e);
    }
  }

  private List<Long> introduction(ExitGuard standing) throws HostException {
    return List.of(standing.pid(), locks.holder().map(HostProcess::pid).orElse(0L));
  }

  /**
   * Has another guard take over if the present one was killed, and tells it and the holder of the
   * locks of each other again if either is a new one.
   *
   * @throws ShaperException if there can be none
   */
  void renew(Collection<Port> ports) throws ShaperException {
    ExitGuard standing = guard;
    if (standing == null) {
      return;
    }
    if (!standing.alive()) {
      LOG.warn("the guard that restores the link is gone; another takes its place");
    }
    arm(ports, List.of());
  }

  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }
}
