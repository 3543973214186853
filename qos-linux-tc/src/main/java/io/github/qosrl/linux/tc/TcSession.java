package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived {@code tc -batch -} on a host: a change costs a write and a read on a pipe where a
 * process of its own would cost milliseconds.
 *
 * <p>{@code tc} says nothing about a command that succeeds. So each exchange ends with a word that
 * {@code tc} does not know: its complaint, which carries the line's number, says that everything
 * before it is done and that no more errors will come. The session runs with {@code -force}, so an
 * error does not end it; a process that ended is replaced at the next exchange.
 *
 * <p>Thread-safe; exchanges take turns.
 */
final class TcSession implements AutoCloseable {
  /** Not a prefix of any object that tc(8) knows. */
  static final String BARRIER = "barrier";

  private static final Command TC = Command.of("tc", "-j", "-s", "-force", "-batch", "-");
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** The sessions in use; a host has one, however many shapers and probes talk to it. */
  private static final IdentityHashMap<Host, TcSession> SHARED = new IdentityHashMap<>();

  private final Host host;
  private final ReentrantLock turn = new ReentrantLock();
  private final boolean jsonClasses;
  private volatile @Nullable HostProcess process;
  private @Nullable TcOutputReader reader;

  /** The number that each interface was last seen with; also of a time before this process. */
  private final Map<String, Integer> indexes = new HashMap<>();

  private long linesSent;
  private volatile boolean closed;

  /** How many opened it and have not closed it; guarded by {@link #SHARED}. */
  private int users;

  private TcSession(Host host, boolean jsonClasses) {
    this.host = host;
    this.jsonClasses = jsonClasses;
  }

  /**
   * The host's session, to be closed by each who opened it; its process starts with the first
   * exchange.
   *
   * @throws TcException if {@code tc} is not installed or cannot be reached
   */
  static TcSession open(Host host) throws TcException, InterruptedException {
    synchronized (SHARED) {
      TcSession session = SHARED.get(host);
      if (session == null) {
        session = new TcSession(host, TcVersion.of(host).jsonClasses());
        SHARED.put(host, session);
      }
      session.users++;
      return session;
    }
  }

  /**
   * Sends commands and waits until all are done. A reading command, one with the word {@code show},
   * has its output in the reply.
   *
   * @param commands without the word {@code tc}; one line each
   * @throws TcException if the process could not be started, ended, or fell silent; which of the
   *     commands took effect is then unknown
   * @throws InterruptedException if the thread was interrupted; as above
   */
  TcReply exchange(List<String> commands) throws TcException, InterruptedException {
    turn.lockInterruptibly();
    boolean complete = false;
    try {
      TcOutputReader from = ensureRunning();
      TcTranscript transcript = new TcTranscript(commands, linesSent, jsonClasses);
      send(transcript.lines());
      from.await(transcript, SILENCE);
      complete = true;
      return transcript.reply();
    } finally {
      if (!complete) {
        abandon();
      }
      turn.unlock();
    }
  }

  private TcOutputReader ensureRunning() throws TcException {
    if (closed) {
      throw new TcException("the tc session on " + host.name() + " is closed", false);
    }
    HostProcess running = process;
    TcOutputReader from = reader;
    if (running != null && from != null && running.alive()) {
      return from;
    }
    abandon();
    try {
      running = host.start(TC);
    } catch (HostException e) {
      throw new TcException(e);
    }
    process = running;
    linesSent = 0;
    from = new TcOutputReader(host.name(), running);
    reader = from;
    if (closed) {
      running.close();
    }
    return from;
  }

  private void send(List<String> lines) throws TcException {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append('\n');
    }
    linesSent += lines.size();
    HostProcess running = process;
    if (running == null) {
      return;
    }
    try {
      OutputStream stdin = running.stdin();
      stdin.write(text.toString().getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      throw new TcException("tc on " + host.name() + " ended: " + e.getMessage(), true);
    }
  }

  private void abandon() {
    HostProcess running = process;
    process = null;
    reader = null;
    if (running != null) {
      running.close();
    }
  }

  /**
   * Tells the session which number an interface has now. {@code tc} looks a name up once and keeps
   * the number: after the interface was deleted and made again, it would talk to the old one. So a
   * number that changed calls for another process.
   */
  void notice(Device device) throws InterruptedException {
    notice(device.name(), device.index());
  }

  /** The same for an interface's name and number. */
  void notice(String name, int index) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      Integer known = indexes.put(name, index);
      if (known != null && known != index) {
        abandon();
      }
    } finally {
      turn.unlock();
    }
  }

  /** The process of the last exchange, for tests that end it. */
  @Nullable HostProcess process() {
    return process;
  }

  /** Gives the session up; the last to do so ends it. Each user calls it once. */
  @Override
  public void close() {
    synchronized (SHARED) {
      users--;
      if (users > 0) {
        return;
      }
      SHARED.remove(host);
      closed = true;
    }
    HostProcess running = process;
    if (running != null) {
      running.close();
    }
  }
}
