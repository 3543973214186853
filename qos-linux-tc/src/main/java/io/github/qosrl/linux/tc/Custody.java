package io.github.qosrl.linux.tc;

import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.ShaperException;
import java.util.List;

/**
 * Takes ports, and gives them back. At any moment it is clear whose a port is: it is locked before
 * it is looked at, its undoing is prepared before it is touched, and both last until nothing of
 * ours is there. Not thread-safe: its shaper takes care of that.
 */
final class Custody {
  private final List<Port> ports;
  private final LinkLocks locks;
  private final Undoing undoing;

  Custody(List<Port> ports, LinkLocks locks, Undoing undoing) {
    this.ports = List.copyOf(ports);
    this.locks = locks;
    this.undoing = undoing;
  }

  /** Sees to it that what is ours is undone if this JVM is killed now. */
  void renew() throws ShaperException {
    undoing.renew(ports);
  }

  /**
   * Puts a limit in force on a port that is not ours, or not as we left it.
   *
   * @throws ShaperException if that failed; nothing of ours is left there then
   */
  void take(Port port, Limit limit) throws ShaperException, TcException, InterruptedException {
    port.forget();
    try {
      port.lock();
      port.inspect();
      undoing.arm(ports, port);
      port.claim(limit);
    } catch (ShaperException | TcException | InterruptedException | RuntimeException e) {
      surrender(port, e);
      throw e;
    }
  }

  /**
   * Whether what was taken is still there.
   *
   * @throws LinkInUseException if it is another controller's by now
   */
  boolean isSound(Port port) throws ShaperException, InterruptedException {
    try {
      return port.isSound();
    } catch (LinkInUseException e) {
      surrender(port, e);
      throw e;
    }
  }

  private void surrender(Port port, Exception because) throws InterruptedException {
    try {
      giveBack(port);
    } catch (ShaperException | TcException e) {
      because.addSuppressed(e);
    }
  }

  /** Puts a port back as it was found. Only then may others have it, and the guard forget it. */
  void giveBack(Port port) throws ShaperException, TcException, InterruptedException {
    port.release();
    undoing.disarm(ports);
    port.unlock();
  }

  /**
   * Puts all ports back as they were found.
   *
   * @throws ShaperException if that failed for one of them: its lock and its guard stay
   */
  void close() throws ShaperException, InterruptedException {
    Failures failures = new Failures();
    for (Port port : ports) {
      failures.collect(
          () -> {
            try {
              port.release();
            } catch (TcException e) {
              // The session died; the next one starts afresh.
              port.release();
            }
          });
    }
    failures.throwFirst();
    undoing.close();
    locks.close();
  }
}
