package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second controller off an interface.
 *
 * <p>A small process on the host holds an advisory lock (flock(2)) on the interface's directory in
 * sysfs. That directory belongs to one interface of one network namespace and goes away with it, so
 * no file is left over, and the kernel frees the lock when its holder dies. What a dead controller
 * left behind is thus told from what a living one owns.
 */
final class InterfaceLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceLock.class);
  private static final int TAKEN = 75;
  private static final Duration EXIT = Duration.ofSeconds(2);

  private final HostProcess holder;

  private InterfaceLock(HostProcess holder) {
    this.holder = holder;
  }

  /** Another controller holds the lock. */
  static final class TakenException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Takes the lock.
   *
   * @throws TakenException if another controller holds it
   * @throws HostException if no process could be started
   */
  static InterfaceLock take(Host host, Device device)
      throws TakenException, HostException, InterruptedException {
    HostProcess holder =
        host.start(
            Command.of(
                "flock",
                "-n",
                "-E",
                Integer.toString(TAKEN),
                "/sys/class/net/" + device.name(),
                "sh",
                "-c",
                "echo held; read -r _"));
    boolean held = false;
    try {
      held = "held".equals(firstLine(holder));
      if (!held && holder.waitFor(EXIT) && holder.exitCode().orElse(0) == TAKEN) {
        throw new TakenException();
      }
      if (!held) {
        LOG.warn("{} cannot be locked against a second controller", device.name());
      }
      return new InterfaceLock(holder);
    } finally {
      if (!held) {
        holder.close();
      }
    }
  }

  private static String firstLine(HostProcess holder) {
    try {
      // Not closed: it would close the process's stream, and more may be asked of it.
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(holder.stdout(), StandardCharsets.UTF_8));
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether the holder lives. */
  boolean held() {
    return holder.alive();
  }

  @Override
  public void close() {
    holder.close();
  }
}
