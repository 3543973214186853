package io.github.qosrl.core.contract;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** Another host, which a test changes in one point. Closing it leaves the other open. */
public abstract class ForwardingHost implements Host {
  private final Host host;

  protected ForwardingHost(Host host) {
    this.host = host;
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public CommandResult run(Command command) throws HostException, InterruptedException {
    return host.run(command);
  }

  @Override
  public HostProcess start(Command command) throws HostException {
    return host.start(command);
  }

  @Override
  public String read(String path) throws HostException {
    return host.read(path);
  }

  @Override
  public boolean isNear() {
    return host.isNear();
  }

  @Override
  public void close() {}

  /** Another process, which a test changes in one point. */
  public abstract static class Process implements HostProcess {
    private final HostProcess process;

    protected Process(HostProcess process) {
      this.process = process;
    }

    @Override
    public OutputStream stdin() {
      return process.stdin();
    }

    @Override
    public InputStream stdout() {
      return process.stdout();
    }

    @Override
    public InputStream stderr() {
      return process.stderr();
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean alive() {
      return process.alive();
    }

    @Override
    public OptionalInt exitCode() {
      return process.exitCode();
    }

    @Override
    public boolean waitFor(Duration timeout) throws InterruptedException {
      return process.waitFor(timeout);
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
