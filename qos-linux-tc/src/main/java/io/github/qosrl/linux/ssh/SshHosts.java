package io.github.qosrl.linux.ssh;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Host;

/** Makes hosts that are reached over SSH. Each one made is the caller's, to be closed. */
public final class SshHosts {
  private SshHosts() {}

  /**
   * A router. Its first use connects; a connection that is lost is made anew by the next use, and
   * what ran over it has ended. A router that cannot be reached is a {@link
   * io.github.qosrl.core.host.HostException} of kind {@code NOT_CONNECTED}; tries are at least a
   * second apart, and further when they go on failing.
   *
   * <p>The router needs an SSH server, a POSIX shell, and the programs that shapers and probes run.
   * A shell there puts the link back as it was within a second of the end of the connection, or
   * after the patience of the options when the connection dies without a word.
   *
   * @throws IllegalStateException if Apache MINA SSHD is not on the class path
   */
  public static Host open(SshOptions options) {
    try {
      Class.forName("org.apache.sshd.client.SshClient", false, SshHosts.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "a host over SSH needs Apache MINA SSHD: add org.apache.sshd:sshd-core to the class path",
          e);
    }
    return new SshHost(options, MonotonicClock.system());
  }
}
