package io.github.qosrl.probes;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another host that keeps a copy of what its processes print. Closing it leaves the other open. */
public final class TeeHost implements Host {
  private final Host host;
  private final List<Copy> copies = new CopyOnWriteArrayList<>();

  public TeeHost(Host host) {
    this.host = host;
  }

  /** What the processes printed so far, on either stream. */
  public String printed() {
    StringBuilder all = new StringBuilder();
    copies.forEach(copy -> all.append(copy.bytes.toString(StandardCharsets.UTF_8)));
    return all.toString();
  }

  /** The processes started so far. */
  public List<Copy> started() {
    return copies;
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
    Copy copy = new Copy(host.start(command));
    copies.add(copy);
    return copy;
  }

  @Override
  public String read(String path) throws HostException {
    return host.read(path);
  }

  @Override
  public void close() {}

  /** A process, and what it printed. */
  public static final class Copy implements HostProcess {
    private final HostProcess process;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final InputStream stdout;
    private final InputStream stderr;

    private Copy(HostProcess process) {
      this.process = process;
      this.stdout = tee(process.stdout());
      this.stderr = tee(process.stderr());
    }

    private InputStream tee(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read(byte[] b, int off, int len) throws IOException {
          int n = super.read(b, off, len);
          if (n > 0) {
            bytes.write(b, off, n);
          }
          return n;
        }
      };
    }

    @Override
    public OutputStream stdin() {
      return process.stdin();
    }

    @Override
    public InputStream stdout() {
      return stdout;
    }

    @Override
    public InputStream stderr() {
      return stderr;
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
