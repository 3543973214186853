package io.github.qosrl.linux.ssh;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.GuardedHost;
import io.github.qosrl.core.host.GuardedProcess;
import io.github.qosrl.core.host.HostException;
import java.util.Optional;

/** A machine at the other end of an SSH connection: each process is a channel of it. */
final class SshHost extends GuardedHost {
  private final SshOptions options;
  private final SshConnection connection;
  private final RemoteFiles files = new RemoteFiles(this);

  SshHost(SshOptions options, MonotonicClock clock) {
    super(options.patience());
    this.options = options;
    this.connection = new SshConnection(options, clock);
  }

  @Override
  public String name() {
    return "ssh " + options.target();
  }

  @Override
  protected GuardedProcess launch(Command command) throws HostException {
    return SshProcess.start(connection, command, options.timeout());
  }

  @Override
  protected Optional<HostException> failure(CommandResult result) {
    return result.exitCode() == SshProcess.CUT_OFF
        ? Optional.of(
            new HostException(
                HostException.Kind.NOT_CONNECTED,
                "the connection to %s was lost while '%s' ran"
                    .formatted(options.target(), result.command())))
        : Optional.empty();
  }

  @Override
  public String read(String path) throws HostException {
    return files.read(path);
  }

  @Override
  public void close() {
    files.close();
    super.close();
    connection.close();
  }
}
