package io.github.qosrl.probes.internal;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** A host whose processes do not end when they are told to, until the host is closed. */
final class StubbornHost implements Host {
  private final Host host;
  private final CountDownLatch end = new CountDownLatch(1);

  StubbornHost(Host host) {
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
    return new Stubborn(host.start(command));
  }

  @Override
  public String read(String path) throws HostException {
    return host.read(path);
  }

  @Override
  public void close() {
    end.countDown();
  }

  private final class Stubborn implements HostProcess {
    private final HostProcess process;

    Stubborn(HostProcess process) {
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
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.close();
    }
  }
}
