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
 * <p>Guarded by a lock of its owner, who holds it from one packet to the next. Only {@link #tend}
 * and {@link #close} wait for processes, and are called without it.
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

  /** No two tcpdumps see a packet at times that are further apart; else the clock was set. */
  private static final long SAME = 5_000_000_000L;

  private final Object lock;
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

  /**
   * @param lock what guards it
   * @param ethernet whether the interface has Ethernet's link layer
   */
  Tap(Object lock, Host host, String interfaceName, Direction direction, boolean ethernet) {
    this.lock = lock;
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
    synchronized (lock) {
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
  Sampling sampling() {
    return current == null ? Sampling.ALL : current.sampling();
  }

  /** Why it does not capture; empty while it does. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether packets would be seen if there were any. */
  boolean isCapturing() {
    return current != null && current.begun();
  }

  /** Goes on to the next packet; false if none has come. */
  boolean advance() {
    CaptureStream stream = current;
    while (stream != null) {
      while (stream.advance()) {
        long time = stream.record().time();
        if (time > skipTo || skipTo - time > SAME) {
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
  PcapCursor record() {
    if (current == null) {
      throw new IllegalStateException("no packet has come");
    }
    return current.record();
  }

  /** Starts and ends what has to be started and ended; to be called a few times a second. */
  void tend(Instant now) {
    Sampling wanted;
    synchronized (lock) {
      wanted = closed ? null : wanted(now);
    }
    if (wanted == null) {
      return;
    }
    try {
      adopt(stream(wanted));
    } catch (HostException e) {
      synchronized (lock) {
        failure = e.getMessage();
        backOff(now);
      }
    }
  }

  private void adopt(CaptureStream started) {
    boolean late;
    synchronized (lock) {
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
  }

  /** The sampling of a tcpdump that should be started now; null if none should. */
  private @Nullable Sampling wanted(Instant now) {
    CaptureStream stream = current;
    if (stream == null) {
      return retryAt != null && now.isBefore(retryAt) ? null : Sampling.ALL;
    }
    if (stream.ended()) {
      onEnd(stream, now);
      return null;
    }
    if (failure != null && stream.begun()) {
      failure = null;
    }
    CaptureStream next = successor;
    if (next != null) {
      if (next.ended()) {
        closeLater(next);
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
    watchedSince = null;
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
    synchronized (lock) {
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
