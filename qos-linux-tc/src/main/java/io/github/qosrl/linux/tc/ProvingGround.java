package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary interface that carries no traffic, to find out what the kernel can do. */
final class ProvingGround implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProvingGround.class);

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final int NAMES = 36 * 36;

  private final Host host;
  private final ExitGuard guard;
  private final String device;

  private ProvingGround(Host host, ExitGuard guard, String device) {
    this.host = host;
    this.guard = guard;
    this.device = device;
  }

  /**
   * Makes it; a guard removes it if this program is killed meanwhile.
   *
   * @throws HostException if no interface can be made: no permission, or no such kinds of interface
   */
  static ProvingGround make(Kernel kernel) throws HostException, InterruptedException {
    Host host = kernel.host();
    ExitGuard guard = ExitGuard.start(host);
    String name = name(guard);
    boolean made = false;
    try {
      guard.undo(List.of(delete(name)));
      add(host, name);
      made = true;
      return new ProvingGround(host, guard, name);
    } finally {
      if (!made) {
        guard.close();
      }
    }
  }

  /** A name that no other controller on that host has: several may start at once. */
  private static String name(ExitGuard guard) throws HostException {
    int number = Math.floorMod(MADE.getAndIncrement(), NAMES);
    return "qos-try-" + Long.toString(guard.pid(), 36) + Integer.toString(number, 36);
  }

  private static void add(Host host, String name) throws HostException, InterruptedException {
    HostException last = null;
    for (String type : List.of("ifb", "dummy", "veth")) {
      try {
        host.run(Command.of("ip", "link", "add", "name", name, "type", type)).orThrow();
        return;
      } catch (HostException e) {
        last = e;
        if (e.kind() == HostException.Kind.NOT_PERMITTED) {
          break;
        }
      }
    }
    throw last == null ? new HostException(HostException.Kind.FAILED, "no interface made") : last;
  }

  private static Command delete(String name) {
    return Command.of("ip", "link", "del", "dev", name);
  }

  String device() {
    return device;
  }

  @Override
  public void close() {
    try {
      host.run(delete(device)).orThrow();
      guard.close();
    } catch (HostException e) {
      LOG.warn("the temporary interface {} is left over: {}", device, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
