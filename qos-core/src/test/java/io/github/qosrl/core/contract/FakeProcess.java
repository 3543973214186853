package io.github.qosrl.core.contract;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that prints what a test has it print, and keeps what it is told.
 *
 * <pre>{@code
 * FakeProcess ping = host.process();
 * ping.print("64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.045 ms\n");
 * ping.exit(0);
 * }</pre>
 */
public final class FakeProcess implements HostProcess {
  private final Command command;
  private final long pid;
  private final Output stdout = new Output();
  private final Output stderr = new Output();
  private final Input stdin = new Input();
  private @Nullable Integer exitCode;
  private boolean closed;

  FakeProcess(Command command, long pid) {
    this.command = command;
    this.pid = pid;
  }

  /** What it was started as. */
  public Command command() {
    return command;
  }

  /** Has it print text on standard output. */
  public void print(String text) {
    stdout.add(text);
  }

  /** Has it print text on standard error. */
  public void printError(String text) {
    stderr.add(text);
  }

  /** Has it end by itself. */
  public synchronized void exit(int code) {
    if (exitCode == null) {
      exitCode = code;
      stdout.end();
      stderr.end();
      notifyAll();
    }
  }

  /** Has code called with each line that it is told, on the teller's thread. */
  public void onLine(Consumer<String> listener) {
    stdin.listener = listener;
  }

  /** The full lines that it was told, oldest first. */
  public List<String> told() {
    return stdin.lines();
  }

  /** Whether {@link #close} was called. */
  public synchronized boolean closed() {
    return closed;
  }

  @Override
  public OutputStream stdin() {
    return stdin;
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
    return pid;
  }

  @Override
  public synchronized boolean alive() {
    return exitCode == null;
  }

  @Override
  public synchronized OptionalInt exitCode() {
    return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }

  /** Waits in real time; returns at once if it ended. */
  @Override
  public synchronized boolean waitFor(Duration timeout) throws InterruptedException {
    if (exitCode == null) {
      wait(Math.max(1, timeout.toMillis()));
    }
    return exitCode != null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    exit(128 + 15);
  }

  /** What the process prints: bytes that can be waited for. */
  private static final class Output extends InputStream {
    private byte[] bytes = new byte[0];
    private int position;
    private boolean ended;

    synchronized void add(String text) {
      byte[] more = text.getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[available() + more.length];
      System.arraycopy(bytes, position, all, 0, available());
      System.arraycopy(more, 0, all, available(), more.length);
      bytes = all;
      position = 0;
      notifyAll();
    }

    synchronized void end() {
      ended = true;
      notifyAll();
    }

    @Override
    public synchronized int available() {
      return bytes.length - position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
      try {
        while (available() == 0 && !ended) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (available() == 0) {
        return -1;
      }
      int n = Math.min(length, available());
      System.arraycopy(bytes, position, target, offset, n);
      position += n;
      return n;
    }
  }

  /** What the process is told. */
  private final class Input extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();
    private Consumer<String> listener = text -> {};

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    @Override
    public synchronized void write(int b) throws IOException {
      if (!alive()) {
        throw new IOException("Broken pipe");
      }
      if (b == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.add(text);
        listener.accept(text);
      } else {
        line.write(b);
      }
    }
  }
}
