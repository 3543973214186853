package io.github.qosrl.linux.ssh;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.GuardedProcess;
import io.github.qosrl.core.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.ChannelPipedInputStream;

/** A process at the other end of a connection, with a channel of its own. */
final class SshProcess extends GuardedProcess {
  /** What ssh(1) ends with when the connection does. */
  static final int CUT_OFF = 255;

  /**
   * Tells the process's id, or 0 if there is no such program, and becomes the command when it is
   * given a line. If the connection ends before, so does it: nothing runs there that the guard does
   * not know of. An ordinary user's path often lacks the directories where {@code tc} and {@code
   * ip} live.
   */
  private static final String LAUNCH =
      "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL;"
          + " if command -v \"$1\" >/dev/null 2>&1; then echo $$; read -r go && exec \"$@\"; else echo 0; fi";

  /** RFC 4254, section 6.10; the numbers are Linux's (signal(7)). */
  private static final Map<String, Integer> SIGNALS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("ABRT", 6),
          Map.entry("FPE", 8),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15));

  private final SshConnection connection;
  private final ChannelExec channel;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private long pid;

  private SshProcess(SshConnection connection, ChannelExec channel) {
    this.connection = connection;
    this.channel = channel;
    channel.addChannelListener(
        new ChannelListener() {
          @Override
          public void channelStateChanged(Channel changed, String hint) {
            if (channel.getExitStatus() != null || channel.getExitSignal() != null) {
              ended.complete(true);
            }
          }
        });
    channel.addCloseFutureListener(closed -> ended.complete(true));
  }

  static SshProcess start(SshConnection connection, Command command, Duration timeout)
      throws HostException {
    String line = "exec sh -c '" + LAUNCH + "' qos " + command.quoted();
    SshProcess process = new SshProcess(connection, connection.channel(line));
    try {
      process.channel.open().verify(timeout);
      process.pid = process.readPid(timeout);
    } catch (IOException e) {
      process.channel.close(false);
      throw connection.refused(command, e);
    }
    if (process.pid == 0) {
      process.channel.close(false);
      throw HostException.notInstalled(command.program());
    }
    return process;
  }

  private long readPid(Duration timeout) throws IOException {
    InputStream out = stdout();
    if (out instanceof ChannelPipedInputStream pipe) {
      pipe.setTimeout(timeout.toMillis());
    }
    StringBuilder digits = new StringBuilder();
    for (int c = out.read(); c != '\n'; c = out.read()) {
      if (c < '0' || c > '9' || digits.length() > 9) {
        throw new IOException(
            c < 0 ? "it ended at once" : "the login shell says something of its own first");
      }
      digits.append((char) c);
    }
    if (out instanceof ChannelPipedInputStream pipe) {
      pipe.setTimeout(0);
    }
    return Long.parseLong(digits.toString());
  }

  @Override
  public OutputStream stdin() {
    return channel.getInvertedIn();
  }

  @Override
  public InputStream stdout() {
    return channel.getInvertedOut();
  }

  @Override
  public InputStream stderr() {
    return channel.getInvertedErr();
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public boolean alive() {
    return !ended.isDone();
  }

  @Override
  public OptionalInt exitCode() {
    if (alive()) {
      return OptionalInt.empty();
    }
    String signal = channel.getExitSignal();
    Integer status = channel.getExitStatus();
    if (signal != null) {
      return OptionalInt.of(128 + SIGNALS.getOrDefault(signal, 0));
    }
    return OptionalInt.of(status == null ? CUT_OFF : status);
  }

  @Override
  protected boolean isCutOff() {
    return !alive() && channel.getExitStatus() == null && channel.getExitSignal() == null;
  }

  @Override
  public boolean waitFor(Duration timeout) throws InterruptedException {
    try {
      return ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("it only ever completes", e);
    }
  }

  @Override
  protected void proceed() throws IOException {
    stdin().write('\n');
    stdin().flush();
  }

  @Override
  protected void terminate() {
    signal("TERM");
  }

  @Override
  protected void kill() {
    signal("KILL");
  }

  /** To the whole session that the process leads, or at least to itself. */
  private void signal(String name) {
    connection.tell(
        "kill -s %1$s -- -%2$d 2>/dev/null || kill -s %1$s %2$d 2>/dev/null".formatted(name, pid));
  }

  @Override
  protected void release() {
    // With a word to the server, which would otherwise count it among its open sessions for ever.
    channel.close(false);
  }

  @Override
  protected void onExit(Runnable action) {
    ended.thenRunAsync(action, connection.executor());
  }
}
