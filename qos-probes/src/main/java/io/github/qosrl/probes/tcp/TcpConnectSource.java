package io.github.qosrl.probes.tcp;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One thread that opens a connection to each target once per interval, and closes it at once. */
final class TcpConnectSource implements EchoSource {
  private static final int DEFAULT_PORT = 443;
  private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(10);

  /** Handshakes less than this apart begin together: to wake up costs as much as one of them. */
  private static final Duration TOGETHER = Duration.ofMillis(15);

  private final UnaryOperator<EchoBinding> renewal;
  private EchoBinding binding;
  private Instant nextRenewal = Instant.MIN;
  private final EchoOptions options;
  private final EchoWindows windows;
  private final MonotonicClock clock;
  private final Selector selector;
  private final Thread thread;
  private final Map<Target, Course> courses = new LinkedHashMap<>();
  private final Set<Target> forgotten = ConcurrentHashMap.newKeySet();
  private volatile List<Target> wanted = List.of();
  private volatile Duration interval;
  private volatile @Nullable String failure;
  private volatile boolean closed;

  /** The handshakes with one target. Used by the thread only. */
  private static final class Course {
    final Target target;
    @Nullable InetAddress address;
    @Nullable String failure;
    Instant next;
    long sequence;

    Course(Target target, Instant next) {
      this.target = target;
      this.next = next;
    }
  }

  private record Handshake(Target target, long sequence, Instant started, Instant expires) {}

  /**
   * @param renewal binds to the addresses that there are now
   */
  TcpConnectSource(
      EchoBinding binding,
      UnaryOperator<EchoBinding> renewal,
      EchoWindows windows,
      MonotonicClock clock)
      throws IOException {
    this.renewal = renewal;
    this.binding = binding;
    this.options = binding.options();
    this.interval = options.interval();
    this.windows = windows;
    this.clock = clock;
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "qos-tcp-connect");
    thread.setDaemon(true);
  }

  void start(List<Target> targets) {
    wanted = List.copyOf(targets);
    thread.start();
  }

  @Override
  public void tend(Instant now) {}

  @Override
  public void activate(List<Target> targets) {
    wanted = List.copyOf(targets);
    selector.wakeup();
  }

  @Override
  public void pace(Duration newInterval) {
    interval = newInterval;
    selector.wakeup();
  }

  /** Each handshake has a socket of its own anyway; only the addresses are looked up again. */
  @Override
  public boolean renew(List<Target> targets) {
    forgotten.addAll(targets);
    return true;
  }

  @Override
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      List<Target> followed = List.of();
      Duration kept = interval;
      while (!closed) {
        List<Target> targets = wanted;
        if (!targets.equals(followed)) {
          follow(targets);
          followed = targets;
        }
        Duration present = interval;
        if (present.compareTo(kept) < 0) {
          hasten();
        }
        kept = present;
        Instant now = clock.now();
        Instant next = now.plus(present);
        for (Course course : courses.values()) {
          if (!course.next.isAfter(now)) {
            connect(course, now);
          }
          next = course.next.isBefore(next) ? course.next : next;
        }
        failure = failureOfAll();
        selector.select(Math.max(1, Duration.between(clock.now(), next).toMillis()));
        finish();
      }
    } catch (IOException e) {
      failure = "tcp-connect ended: " + e.getMessage();
    } finally {
      closeAll();
    }
  }

  private void follow(List<Target> targets) {
    courses.keySet().removeIf(target -> !targets.contains(target));
    Instant now = clock.now();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      if (!courses.containsKey(target)) {
        courses.put(target, new Course(target, now.plus(delay(i, targets.size()))));
        windows.started(target);
      }
    }
  }

  /** When in an interval a target has its turn. */
  private Duration delay(int index, int targets) {
    long turn = interval.multipliedBy(index).dividedBy(targets).dividedBy(TOGETHER);
    return TOGETHER.multipliedBy(turn);
  }

  /** What was due much later is due within the new interval. */
  private void hasten() {
    Instant now = clock.now();
    int i = 0;
    for (Course course : courses.values()) {
      Instant slot = now.plus(delay(i++, courses.size()));
      course.next = course.next.isAfter(slot) ? slot : course.next;
    }
  }

  private void connect(Course course, Instant now) {
    course.next = now.plus(interval);
    InetAddress address = address(course, now);
    if (address == null) {
      return;
    }
    long sequence = course.sequence++;
    Target target = course.target;
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      if (options.dscp() != 0) {
        channel.setOption(StandardSocketOptions.IP_TOS, options.dscp() << 2);
      }
      String source = binding.source(address instanceof Inet6Address);
      if (!source.isEmpty()) {
        channel.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
      }
      int port = target.port() == 0 ? DEFAULT_PORT : target.port();
      windows.sent(target, sequence, now);
      Instant started = clock.now();
      Handshake handshake = new Handshake(target, sequence, started, now.plus(options.deadline()));
      boolean done = channel.connect(new InetSocketAddress(address, port));
      if (done) {
        answered(handshake, channel);
      } else {
        channel.register(selector, SelectionKey.OP_CONNECT, handshake);
      }
      course.failure = null;
    } catch (IOException e) {
      if (e instanceof BindException && !now.isBefore(nextRenewal)) {
        nextRenewal = now.plus(LOOK_UP_AGAIN);
        binding = renewal.apply(binding);
      }
      course.failure = "cannot connect to %s (%s)".formatted(target, e.getMessage());
      windows.refused(target, sequence, clock.now());
      closeQuietly(channel);
    }
  }

  private @Nullable InetAddress address(Course course, Instant now) {
    if (forgotten.remove(course.target) || course.address == null) {
      try {
        course.address = InetAddress.getByName(course.target.host());
      } catch (UnknownHostException e) {
        course.failure =
            "%s has no address; to fix: check the name and this machine's DNS"
                .formatted(course.target.host());
        course.next = now.plus(LOOK_UP_AGAIN);
      }
    }
    return course.address;
  }

  private void finish() throws IOException {
    for (SelectionKey key : selector.selectedKeys()) {
      Handshake handshake = (Handshake) key.attachment();
      SocketChannel channel = (SocketChannel) key.channel();
      try {
        channel.finishConnect();
        answered(handshake, channel);
      } catch (ConnectException e) {
        // Refused: the host answered, if only with a reset. Unreachable: the network did.
        boolean refused = String.valueOf(e.getMessage()).contains("refused");
        if (refused) {
          answered(handshake, channel);
        } else {
          refusedBy(handshake, channel);
        }
      } catch (IOException e) {
        refusedBy(handshake, channel);
      }
    }
    selector.selectedKeys().clear();
    Instant now = clock.now();
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && !((Handshake) key.attachment()).expires().isAfter(now)) {
        key.channel().close();
      }
    }
  }

  private void answered(Handshake handshake, SocketChannel channel) {
    Instant now = clock.now();
    closeQuietly(channel);
    long rtt = Duration.between(handshake.started(), now).toNanos();
    windows.replied(handshake.target(), handshake.sequence(), now, rtt);
  }

  private void refusedBy(Handshake handshake, SocketChannel channel) {
    closeQuietly(channel);
    windows.refused(handshake.target(), handshake.sequence(), clock.now());
  }

  private @Nullable String failureOfAll() {
    List<String> failures = new ArrayList<>();
    for (Course course : courses.values()) {
      if (course.failure == null) {
        return null;
      }
      failures.add(course.failure);
    }
    return failures.isEmpty() ? null : "tcp-connect: " + String.join("; ", failures);
  }

  private void closeAll() {
    selector.keys().forEach(key -> closeQuietly((SocketChannel) key.channel()));
    try {
      selector.close();
    } catch (IOException e) {
      // Nothing is left to lose.
    }
  }

  /** Closes with a reset, so that no connection lingers in TIME_WAIT at either end. */
  private static void closeQuietly(@Nullable SocketChannel channel) {
    if (channel == null || !channel.isOpen()) {
      return;
    }
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException | UnsupportedOperationException e) {
      // It is not connected.
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
