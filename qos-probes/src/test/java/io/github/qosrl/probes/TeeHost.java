package io.github.qosrl.probes;

import io.github.qosrl.core.contract.ForwardingHost;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another host that keeps a copy of what its processes print. */
public final class TeeHost extends ForwardingHost {
  private final List<Copy> copies = new CopyOnWriteArrayList<>();
  private final List<String> results = new CopyOnWriteArrayList<>();

  public TeeHost(Host host) {
    super(host);
  }

  /**
   * What was printed so far: by commands that have ended on standard output, by processes on either
   * stream.
   */
  public String printed() {
    StringBuilder all = new StringBuilder();
    results.forEach(all::append);
    copies.forEach(copy -> all.append(copy.bytes.toString(StandardCharsets.UTF_8)));
    return all.toString();
  }

  /** The processes started so far. */
  public List<Copy> started() {
    return copies;
  }

  @Override
  public CommandResult run(Command command) throws HostException, InterruptedException {
    CommandResult result = super.run(command);
    results.add(result.stdout());
    return result;
  }

  @Override
  public HostProcess start(Command command) throws HostException {
    Copy copy = new Copy(super.start(command));
    copies.add(copy);
    return copy;
  }

  /** A process, and what it printed. */
  public static final class Copy extends ForwardingHost.Process {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final InputStream stdout;
    private final InputStream stderr;

    private Copy(HostProcess process) {
      super(process);
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
    public InputStream stdout() {
      return stdout;
    }

    @Override
    public InputStream stderr() {
      return stderr;
    }
  }
}
