package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.probes.packet.PcapCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one direction of an interface, by a {@code tcpdump} that is started again with
 * back-off when it ends, and replaced by another when more or fewer packets are to be looked at:
 * the new one takes over once it captures, from the packet after the last that the old one gave.
 *
 * <p>{@link #tend} may block while processes start and end; all else does not. Thread-safe, but
 * packets are read by one thread at a time.
 */
final class Tap {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Link, IPv6 and TCP headers with all options, behind two VLAN tags and PPPoE. */
  private static final String SNAP = "136";

  /** How long a packet rate is watched before it counts. */
  private static final double WATCH_SECONDS = 1;

  /** How long it is watched before more packets are looked at: rates that vary cost starts. */
  private static final double WATCH_LOW_SECONDS = 5;

  private final Host host;
  private final String interfaceName;
  private final Direction direction;
  private final boolean ethernet;
  private @Nullable CaptureStream current;
  private @Nullable CaptureStream successor;
  private long lastTime = Long.MIN_VALUE;
  private long skipTo = Long.MIN_VALUE;
  private @Nullable String failure;
  private Duration pause = FIRST_PAUSE;
  private @Nullable Instant retryAt;
  private boolean closed;
  private int packets;
  private @Nullable Instant watchedSince;

  Tap(Host host, String interfaceName, Direction direction, boolean ethernet) {
    this.host = host;
    this.interfaceName = interfaceName;
    this.direction = direction;
    this.ethernet = ethernet;
  }

  /**
   * Starts capturing.
   *
   * @throws HostException if tcpdump cannot be started
   */
  void start() throws HostException {
    CaptureStream first = stream(Sampling.ALL);
    synchronized (this) {
      current = first;
    }
  }

  private CaptureStream stream(Sampling sampling) throws HostException {
    HostProcess process =
        host.start(
            Command.of(
                "tcpdump",
                "-i",
                interfaceName,
                "-n",
                "-p",
                "-U",
                "--immediate-mode",
                "-s",
                SNAP,
                "-w",
                "-",
                TcpFilter.expression(direction, ethernet, sampling)));
    return new CaptureStream(process, sampling);
  }

  /** Which part of the packets is looked at. */
  synchronized Sampling sampling() {
    return current == null ? Sampling.ALL : current.sampling();
  }

  /** Why it does not capture; empty while it does. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Goes on to the next packet; false if none has come. */
  synchronized boolean advance() {
    CaptureStream stream = current;
    while (stream != null) {
      while (stream.advance()) {
        long time = stream.record().time();
        if (time > skipTo) {
          lastTime = time;
          packets++;
          return true;
        }
      }
      stream = handOver(stream);
    }
    return false;
  }

  /** The stream to go on with, if another has taken over. */
  private @Nullable CaptureStream handOver(CaptureStream old) {
    CaptureStream next = successor;
    if (next == null || !next.begun()) {
      return null;
    }
    skipTo = lastTime;
    current = next;
    successor = null;
    packets = 0;
    watchedSince = null;
    closeLater(old);
    return next;
  }

  /** The packet that {@link #advance} has gone on to. */
  synchronized PcapCursor record() {
    if (current == null) {
      throw new IllegalStateException("no packet has come");
    }
    return current.record();
  }

  /** Starts and ends what has to be started and ended; to be called a few times a second. */
  void tend(Instant now) {
    Sampling wanted = wanted(now);
    if (wanted == null) {
      return;
    }
    try {
      CaptureStream started = stream(wanted);
      boolean late;
      synchronized (this) {
        late = closed;
        if (!late && current == null) {
          current = started;
        } else if (!late) {
          successor = started;
        }
      }
      if (late) {
        started.close();
      }
    } catch (HostException e) {
      synchronized (this) {
        failure = e.getMessage();
        backOff(now);
      }
    }
  }

  /** The sampling of a tcpdump that should be started now; null if none should. */
  private synchronized @Nullable Sampling wanted(Instant now) {
    if (closed) {
      return null;
    }
    CaptureStream stream = current;
    if (stream == null) {
      return retryAt != null && now.isBefore(retryAt) ? null : Sampling.ALL;
    }
    if (stream.ended() && !stream.advance()) {
      onEnd(stream, now);
      return null;
    }
    if (failure != null && stream.begun()) {
      failure = null;
    }
    CaptureStream next = successor;
    if (next != null) {
      if (next.ended()) {
        next.close();
        successor = null;
      }
      return null;
    }
    return resample(stream, now);
  }

  private @Nullable Sampling resample(CaptureStream stream, Instant now) {
    if (watchedSince == null) {
      watchedSince = now;
      packets = 0;
      return null;
    }
    double seconds = Duration.between(watchedSince, now).toNanos() * 1e-9;
    if (seconds < WATCH_SECONDS) {
      return null;
    }
    Sampling better = stream.sampling().at(packets / seconds);
    boolean more = better.shift() < stream.sampling().shift();
    if (more && seconds < WATCH_LOW_SECONDS) {
      return null;
    }
    pause = FIRST_PAUSE;
    if (better.equals(stream.sampling())) {
      if (seconds >= WATCH_LOW_SECONDS || packets / seconds > 0 && !low(packets / seconds)) {
        watchedSince = now;
        packets = 0;
      }
      return null;
    }
    watchedSince = now;
    packets = 0;
    return better;
  }

  private static boolean low(double rate) {
    return rate < Sampling.LOW;
  }

  private void onEnd(CaptureStream stream, Instant now) {
    failure = explain(stream.lastWords());
    closeLater(stream);
    if (successor != null) {
      closeLater(successor);
    }
    current = null;
    successor = null;
    backOff(now);
  }

  private void backOff(Instant now) {
    retryAt = now.plus(pause);
    pause = pause.multipliedBy(2);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private String explain(String said) {
    String last = said.lines().reduce("it said nothing", (a, line) -> line);
    String fix = "'ip link' lists the interfaces there are";
    if (said.contains("permission") || said.contains("not permitted")) {
      fix = FlowsProbeProvider.PERMIT;
    }
    return "tcpdump on interface '%s' of %s ended (%s) and is started again; to fix: %s"
        .formatted(interfaceName, host.name(), last, fix);
  }

  private static void closeLater(CaptureStream stream) {
    Thread closer = new Thread(stream::close, "qos-close-tcpdump");
    closer.setDaemon(true);
    closer.start();
  }

  /** Ends it. */
  void close() {
    CaptureStream one;
    CaptureStream two;
    synchronized (this) {
      closed = true;
      one = current;
      two = successor;
      current = null;
      successor = null;
    }
    if (one != null) {
      one.close();
    }
    if (two != null) {
      two.close();
    }
  }
}
