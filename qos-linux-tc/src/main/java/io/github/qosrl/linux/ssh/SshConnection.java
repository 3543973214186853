package io.github.qosrl.linux.ssh;

import com.google.common.base.Throwables;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one router: made when it is first needed, and again when it was lost. After a
 * failure it is left alone for a while, so that a loop that asks ten times a second neither stalls
 * nor knocks at the door that often. Thread-safe.
 */
final class SshConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SshConnection.class);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(15);

  /** What MINA says of its own doings before it comes to the reason. */
  private static final String MINA_PREFIX =
      "^\\w+Future\\[[^]]*]: (Failed \\(\\w+\\) to execute: )?";

  private final SshOptions options;
  private final MonotonicClock clock;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "qos-ssh");
            thread.setDaemon(true);
            return thread;
          });
  private final HostKeys hostKeys;
  private final @Nullable String agent;
  private @Nullable SshClient client;
  private @Nullable ClientSession session;
  private Duration pause = LEAST_PAUSE;
  private Instant notBefore = Instant.MIN;
  private String lastFailure = "";
  private boolean met;
  private boolean closed;

  SshConnection(SshOptions options, MonotonicClock clock) {
    this(options, System.getenv(SshAgent.SSH_AUTHSOCKET_ENV_NAME), clock);
  }

  /**
   * @param agent the socket of the agent; null or empty if there is none
   */
  SshConnection(SshOptions options, @Nullable String agent, MonotonicClock clock) {
    this.options = options;
    this.clock = clock;
    this.hostKeys = new HostKeys(options);
    this.agent = agent;
  }

  /** Where to run what follows the end of a process: not on the threads that move its bytes. */
  ExecutorService executor() {
    return executor;
  }

  /** A channel for a line of shell text, not open yet. */
  ChannelExec channel(String line) throws HostException {
    try {
      return channel(session(), line);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** MINA has an unchecked exception for a session that has begun to close this very moment. */
  private static ChannelExec channel(ClientSession open, String line) throws IOException {
    try {
      return open.createExecChannel(line);
    } catch (IllegalStateException e) {
      throw new IOException("the connection is being closed", e);
    }
  }

  /** Has a line run, if there is a connection, and waits for nothing. */
  void tell(String line) {
    ClientSession open = open();
    if (open == null) {
      return;
    }
    try {
      channel(open, line).open();
    } catch (IOException e) {
      LOG.debug("'{}' did not reach {}", line, options.target(), e);
    }
  }

  private synchronized @Nullable ClientSession open() {
    return session != null && session.isOpen() ? session : null;
  }

  private synchronized ClientSession session() throws HostException {
    ClientSession open = open();
    if (open != null) {
      return open;
    }
    if (closed) {
      throw notConnected("the connection to " + options.target() + " is closed", null);
    }
    if (clock.now().isBefore(notBefore)) {
      throw notConnected(lastFailure, null);
    }
    try {
      open = connect();
    } catch (IOException e) {
      if (isInterruption(e)) {
        throw notConnected("interrupted while connecting to " + options.target(), e);
      }
      notBefore = clock.now().plus(pause);
      pause = pause.multipliedBy(2).compareTo(MOST_PAUSE) < 0 ? pause.multipliedBy(2) : MOST_PAUSE;
      HostException failure = failure(e);
      lastFailure = String.valueOf(failure.getMessage());
      throw failure;
    }
    if (met) {
      LOG.info("connected to {} again", options.target());
    }
    met = true;
    pause = LEAST_PAUSE;
    session = open;
    return open;
  }

  /** MINA's client; making it takes a second or so, which those who only ask for a name spare. */
  private SshClient client() {
    SshClient started = client;
    if (started == null) {
      started = SshClients.make(options, agent, hostKeys);
      started.start();
      client = started;
    }
    return started;
  }

  private ClientSession connect() throws IOException {
    SshClient started = client();
    hostKeys.forgetProblem();
    started.setSignatureFactories(hostKeys.knownFirst(started.getSignatureFactories()));
    ClientSession made = null;
    boolean complete = false;
    try {
      made =
          started
              .connect(options.user().orElse(null), options.router(), options.port())
              .verify(options.timeout())
              .getSession();
      made.auth().verify(options.timeout());
      complete = true;
      return made;
    } finally {
      if (!complete && made != null) {
        made.close(true);
      }
    }
  }

  /** Whether it tells of an interrupt; if so, the thread is marked as interrupted again. */
  private static boolean isInterruption(IOException e) {
    // A timeout's exception is a kind of it, too.
    boolean interruption = e.getClass() == InterruptedIOException.class;
    if (interruption) {
      Thread.currentThread().interrupt();
    }
    return interruption;
  }

  private HostException failure(IOException e) {
    String problem = hostKeys.problem();
    if (!problem.isEmpty()) {
      return new HostException(HostException.Kind.NOT_PERMITTED, problem, e);
    }
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("No more authentication methods")) {
      return new HostException(
          HostException.Kind.NOT_PERMITTED,
          "%s refuses every key that was offered (%s); to fix: ssh-copy-id %s"
              .formatted(options.target(), offered(), options.target()),
          e);
    }
    return notConnected(
        "%s cannot be reached over SSH: %s".formatted(options.target(), reasonOf(e)), e);
  }

  private static String reasonOf(IOException e) {
    return Throwables.getRootCause(e) instanceof UnresolvedAddressException
        ? "its name is not known here"
        : String.valueOf(e.getMessage()).replaceFirst(MINA_PREFIX, "");
  }

  private String offered() {
    return options.identities().isEmpty()
        ? "those of the agent and in ~/.ssh"
        : options.identities().toString();
  }

  private static HostException notConnected(String message, @Nullable Throwable cause) {
    return cause == null
        ? new HostException(HostException.Kind.NOT_CONNECTED, message)
        : new HostException(HostException.Kind.NOT_CONNECTED, message, cause);
  }

  private HostException lost(IOException e) {
    return notConnected(
        "the connection to %s was lost: %s".formatted(options.target(), e.getMessage()), e);
  }

  /** The failure of a command whose channel could not be opened, or ended before it began. */
  HostException refused(Command command, IOException e) {
    if (isInterruption(e)) {
      return new HostException(
          HostException.Kind.FAILED, "interrupted while starting '" + command + "'", e);
    }
    if (open() == null) {
      return lost(e);
    }
    boolean tooMany = String.valueOf(e.getMessage()).contains("open failed");
    return new HostException(
        HostException.Kind.FAILED,
        "'%s' could not be started on %s: %s%s"
            .formatted(
                command,
                options.target(),
                tooMany ? "the server allows no more sessions of one connection" : e.getMessage(),
                tooMany ? "; to fix: raise MaxSessions (sshd_config(5))" : ""),
        e);
  }

  @Override
  public void close() {
    SshClient started;
    synchronized (this) {
      closed = true;
      session = null;
      started = client;
    }
    if (started != null) {
      started.stop();
    }
    executor.shutdown();
  }
}
