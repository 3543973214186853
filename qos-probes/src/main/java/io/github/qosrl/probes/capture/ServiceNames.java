package io.github.qosrl.probes.capture;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.probes.capture.ServiceTable.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows which service an address belongs to, by reverse DNS. Asking never waits: an address that is
 * not known yet is looked up in the background, at most {@value #PER_SECOND} a second, and known to
 * later packets. Remembers {@value #REMEMBERED} addresses, for an hour each, those without a name
 * too. Thread-safe.
 */
final class ServiceNames implements AutoCloseable {
  static final int PER_SECOND = 5;
  static final int REMEMBERED = 4096;
  private static final int WAITING = 256;
  private static final Duration VALID = Duration.ofHours(1);

  /** Finds the name of an address. */
  @FunctionalInterface
  interface Resolver {
    /** The name; empty if there is none. */
    Optional<String> name(String address) throws InterruptedException;
  }

  private record Known(Optional<Service> service, Instant until) {}

  private final ServiceTable table;
  private final Resolver resolver;
  private final MonotonicClock clock;
  private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Map<String, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > REMEMBERED;
        }
      };
  private @Nullable Thread thread;
  private volatile boolean closed;

  ServiceNames(ServiceTable table, Resolver resolver, MonotonicClock clock) {
    this.table = table;
    this.resolver = resolver;
    this.clock = clock;
  }

  /** The service at an address, if that is known by now. */
  synchronized Optional<Service> find(String address) {
    Known k = known.get(address);
    if (k != null && k.until().isAfter(clock.now())) {
      return k.service();
    }
    // Until it is looked up it counts as unknown, so that it waits in the queue once.
    if (!closed && waiting.offer(address)) {
      known.put(address, new Known(k == null ? Optional.empty() : k.service(), later()));
      if (thread == null) {
        thread = new Thread(this::lookUp, "qos-reverse-dns");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return k == null ? Optional.empty() : k.service();
  }

  private Instant later() {
    return clock.now().plus(VALID);
  }

  private void lookUp() {
    Duration pause = Duration.ofSeconds(1).dividedBy(PER_SECOND);
    try {
      while (!closed) {
        String address = waiting.poll(1, TimeUnit.SECONDS);
        if (address != null) {
          Optional<Service> service = resolver.name(address).flatMap(table::find);
          synchronized (this) {
            known.put(address, new Known(service, later()));
          }
          clock.sleepUntil(clock.now().plus(pause));
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
