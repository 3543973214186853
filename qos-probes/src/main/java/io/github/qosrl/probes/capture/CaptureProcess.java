package io.github.qosrl.probes.capture;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.probes.packet.PcapCursor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tcpdump that is read by one thread, and started again with back-off when it ends. */
final class CaptureProcess implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Host host;
  private final String interfaceName;
  private final Traffic traffic;
  private final MonotonicClock clock;
  private final Thread thread;
  private volatile @Nullable HostProcess process;
  private volatile @Nullable String failure;
  private volatile boolean closed;

  private CaptureProcess(Host host, String interfaceName, Traffic traffic, MonotonicClock clock)
      throws HostException {
    this.host = host;
    this.interfaceName = interfaceName;
    this.traffic = traffic;
    this.clock = clock;
    this.process = host.start(command());
    this.thread = new Thread(this::run, "qos-tcpdump-" + interfaceName);
    thread.setDaemon(true);
  }

  /**
   * Starts it.
   *
   * @throws HostException if tcpdump cannot be started
   */
  static CaptureProcess start(
      Host host, String interfaceName, Traffic traffic, MonotonicClock clock) throws HostException {
    CaptureProcess started = new CaptureProcess(host, interfaceName, traffic, clock);
    started.thread.start();
    return started;
  }

  private Command command() {
    return Command.of("tcpdump", "-i", interfaceName, "-n", "-p", "-U", "-s", "128", "-w", "-");
  }

  /** Why it does not capture; empty while it does. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed) {
        HostProcess current = process;
        if (current != null && read(current)) {
          pause = FIRST_PAUSE;
        }
        if (!closed) {
          clock.sleepUntil(clock.now().plus(pause));
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
          startAgain();
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    } finally {
      closeProcess();
    }
  }

  /** Reads to the end; says whether any packet came. */
  private boolean read(HostProcess current) throws InterruptedException {
    boolean any = false;
    String damage = "";
    // tcpdump says a few lines on standard error in all, which fit in the pipe.
    try (InputStream out = current.stdout();
        InputStream err = current.stderr()) {
      try {
        PcapCursor records = new PcapCursor();
        while (!closed && records.fill(out) >= 0) {
          failure = records.begun() ? null : failure;
          while (records.next()) {
            traffic.add(records);
            any = true;
          }
        }
        damage = records.begun() ? "" : "it wrote no pcap header";
      } catch (IOException e) {
        damage = String.valueOf(e.getMessage());
      }
      current.waitFor(Duration.ofSeconds(1));
      byte[] said = err.readNBytes(Math.min(2000, Math.max(0, err.available())));
      failure = explain(new String(said, StandardCharsets.UTF_8).strip(), damage);
    } catch (IOException e) {
      failure = "tcpdump on %s ended: %s".formatted(interfaceName, e.getMessage());
    }
    current.close();
    return any;
  }

  private String explain(String stderr, String damage) {
    String said = stderr.isEmpty() ? damage : stderr.lines().reduce("", (a, line) -> line);
    String fix = "'ip link' lists the interfaces there are";
    if (stderr.contains("permission") || stderr.contains("not permitted")) {
      fix = "sudo setcap cap_net_raw+ep $(command -v tcpdump), or run as root";
    }
    return "tcpdump on interface '%s' ended (%s) and is started again; to fix: %s"
        .formatted(interfaceName, said, fix);
  }

  private void startAgain() {
    try {
      process = host.start(command());
      if (closed) {
        closeProcess();
      }
    } catch (HostException e) {
      process = null;
      failure = e.getMessage();
    }
  }

  private void closeProcess() {
    HostProcess current = process;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    closeProcess();
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
