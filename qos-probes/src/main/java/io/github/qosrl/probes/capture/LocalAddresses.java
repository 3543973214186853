package io.github.qosrl.probes.capture;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.HostException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of the interface that is watched. They change while it is: a lease ends, a phone
 * network reconnects. A packet that is neither from nor to one of them raises a doubt, upon which
 * they are read again in the background, at most every 5 s. Thread-safe.
 */
final class LocalAddresses implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Pattern INET = Pattern.compile("\\binet6? ([0-9a-fA-F:.]+)");
  private static final Logger log = LoggerFactory.getLogger(LocalAddresses.class);

  /** Asks the machine. */
  @FunctionalInterface
  interface Source {
    /** What {@code ip -o addr show dev IF} prints. */
    String ipAddr() throws HostException, InterruptedException;
  }

  private final Source source;
  private final MonotonicClock clock;
  private volatile Set<ByteBuffer> addresses;
  private volatile Instant next;
  private @Nullable Thread reader;
  private boolean closed;

  /**
   * Reads them for the first time.
   *
   * @throws HostException if they cannot be read
   */
  LocalAddresses(Source source, MonotonicClock clock) throws HostException, InterruptedException {
    this(source, clock, parse(source.ipAddr()));
  }

  private LocalAddresses(Source source, MonotonicClock clock, Set<ByteBuffer> addresses) {
    this.source = source;
    this.clock = clock;
    this.addresses = addresses;
    this.next = clock.now().plus(PAUSE);
  }

  /** None, and none to come: for packets from a file. */
  static LocalAddresses unknown() {
    return new LocalAddresses(() -> "", MonotonicClock.system(), Set.of());
  }

  boolean contains(byte[] address) {
    return addresses.contains(ByteBuffer.wrap(address));
  }

  /** Says that a packet had none of them. Returns at once. */
  void doubt() {
    if (!clock.now().isBefore(next)) {
      readAgain();
    }
  }

  private synchronized void readAgain() {
    Instant now = clock.now();
    if (closed || now.isBefore(next)) {
      return;
    }
    // A reading that hangs is not joined by others.
    if (reader == null || !reader.isAlive()) {
      next = now.plus(PAUSE);
      reader = new Thread(this::read, "qos-addresses");
      reader.setDaemon(true);
      reader.start();
    }
  }

  private void read() {
    try {
      addresses = parse(source.ipAddr());
    } catch (HostException e) {
      // The interface is gone, of which the capture itself tells.
      log.debug("the addresses of the interface cannot be read", e);
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    }
  }

  private static Set<ByteBuffer> parse(String ipAddr) {
    Set<ByteBuffer> found = new HashSet<>();
    Matcher m = INET.matcher(ipAddr);
    while (m.find()) {
      try {
        // The text is a literal address, so nothing is looked up.
        found.add(ByteBuffer.wrap(InetAddress.getByName(m.group(1)).getAddress()));
      } catch (UnknownHostException e) {
        // Not an address after all.
      }
    }
    return Set.copyOf(found);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (reader != null) {
      reader.interrupt();
    }
  }
}
