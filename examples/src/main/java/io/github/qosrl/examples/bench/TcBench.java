package io.github.qosrl.examples.bench;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.linux.tc.QueueOptions;
import io.github.qosrl.linux.tc.TcShaper;
import io.github.qosrl.linux.tc.TrafficClass;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a change of rate costs: through a shaper's session, acknowledgement included, against one
 * {@code tc} process for each change; and how many HTB classes change in a second.
 *
 * <p>Needs root. Works in a network namespace of its own, on an interface without traffic.
 */
public final class TcBench {
  private static final String NAMESPACE = "qos-tc-bench";
  private static final String DEVICE = "bench";
  private static final int ROUNDS = 300;
  private static final int CLASSES = 1000;
  private static final int BATCHES = 30;

  private final PrintStream out;
  private final MonotonicClock clock = MonotonicClock.system();

  private TcBench(PrintStream out) {
    this.out = out;
  }

  /** Runs the benchmark and prints its figures. */
  public static void main(String[] args) throws QosException, InterruptedException {
    new TcBench(System.out).run();
  }

  private void run() throws QosException, InterruptedException {
    try (Host local = Hosts.local();
        Host host = Hosts.netns(NAMESPACE)) {
      local.run(Command.of("ip", "netns", "add", NAMESPACE)).orThrow();
      try {
        host.run(Command.of("ip", "link", "add", DEVICE, "type", "ifb")).orThrow();
        oneRate(host);
        manyClasses(host);
      } finally {
        local.run(Command.of("ip", "netns", "del", NAMESPACE));
      }
    }
  }

  private void oneRate(Host host) throws QosException, InterruptedException {
    double[] session = new double[ROUNDS];
    double[] process = new double[ROUNDS];
    try (TcShaper shaper = TcShaper.builder(host).wan(DEVICE).tbf()) {
      shaper.apply(upload(1));
      for (int i = 0; i < ROUNDS; i++) {
        ShapingPlan plan = upload(2 + i);
        Instant start = clock.now();
        shaper.apply(plan);
        session[i] = secondsSince(start);
        Command change =
            Command.of(
                ("tc qdisc change dev %s root handle 905: tbf rate %dmbit burst 100000 limit"
                        + " 500000")
                    .formatted(DEVICE, 2 + i)
                    .split(" ", -1));
        start = clock.now();
        host.run(change).orThrow();
        process[i] = secondsSince(start);
      }
    }
    double through = median(session);
    double each = median(process);
    out.printf(
        "one rate: %.3f ms through the session, %.3f ms by a process: %.0f times faster%n",
        through * 1e3, each * 1e3, each / through);
    out.printf("changes per second on one interface: %.0f%n", 1 / through);
  }

  private void manyClasses(Host host) throws QosException, InterruptedException {
    List<TrafficClass> classes = new ArrayList<>();
    for (int i = 0; i < CLASSES; i++) {
      classes.add(new TrafficClass("c" + i, 1.0 / CLASSES, 1, 3, List.of()));
    }
    QueueOptions queues = new QueueOptions(Duration.ofMillis(50), classes, "c0");
    try (TcShaper shaper = TcShaper.builder(host).wan(DEVICE).queues(queues).htb()) {
      shaper.apply(upload(1000));
      long memory = usedMemory();
      double[] batch = new double[BATCHES];
      for (int i = 0; i < BATCHES; i++) {
        Instant start = clock.now();
        shaper.apply(upload(1001 + i));
        batch[i] = secondsSince(start);
      }
      out.printf(
          "%d classes: %.1f ms for all, %.0f class changes per second; heap grew by %d kB%n",
          CLASSES,
          median(batch) * 1e3,
          CLASSES / median(batch),
          Math.max(0, usedMemory() - memory) / 1024);
    }
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static ShapingPlan upload(int megabits) {
    return ShapingPlan.of(Direction.UPLOAD, BitRate.parse(megabits + "mbit"));
  }

  private double secondsSince(Instant start) {
    return Duration.between(start, clock.now()).toNanos() / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
