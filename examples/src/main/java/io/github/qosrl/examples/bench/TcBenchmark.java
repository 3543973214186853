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
import io.github.qosrl.linux.tc.TcShaperBuilder;
import io.github.qosrl.linux.tc.TrafficClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a change of rate costs: through a shaper's session, acknowledgement included, against one
 * {@code tc} process for each change, in turns and in one JVM; and how many HTB classes change in a
 * second. To reach: 50 times cheaper, and 5,000 class changes a second.
 *
 * <p>Needs root. Works in a network namespace of its own, on interfaces without traffic.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx256m"})
public class TcBenchmark {
  private static final String NAMESPACE = "qos-tc-bench";
  private static final String DEVICE = "bench";
  private static final int SESSION_CHANGES = 200;
  private static final int PROCESS_CHANGES = 10;
  private static final List<TrafficClass> THOUSAND =
      IntStream.range(0, 1000)
          .mapToObj(i -> new TrafficClass("c" + i, 0.001, 1, 3, List.of()))
          .toList();

  /** A namespace with one interface, and the shaper on it. */
  @State(Scope.Thread)
  public static class Link {
    private final MonotonicClock clock = MonotonicClock.system();
    private final Host local = Hosts.local();
    private final Host host = Hosts.netns(NAMESPACE);
    private @Nullable TcShaper shaper;
    private int megabits;

    /** Makes it. */
    @Setup
    public void start() throws QosException, InterruptedException {
      local.run(Command.of("ip", "netns", "add", NAMESPACE)).orThrow();
      host.run(Command.of("ip", "link", "add", DEVICE, "type", "ifb")).orThrow();
    }

    /** Takes the interface, at the first call. */
    TcShaper shaper(List<TrafficClass> classes) throws QosException, InterruptedException {
      if (shaper == null) {
        TcShaperBuilder link = TcShaper.builder(host).wan(DEVICE);
        shaper =
            classes.isEmpty()
                ? link.tbf()
                : link.queues(new QueueOptions(Duration.ofMillis(50), classes, "c0")).htb();
        shaper.apply(next());
      }
      return shaper;
    }

    /** Removes it. */
    @TearDown
    public void stop() throws QosException, InterruptedException {
      if (shaper != null) {
        shaper.close();
      }
      host.close();
      local.run(Command.of("ip", "netns", "del", NAMESPACE)).orThrow();
      local.close();
    }

    ShapingPlan next() {
      megabits = 1000 + (megabits + 1) % 500;
      return ShapingPlan.of(Direction.UPLOAD, BitRate.parse(megabits + "mbit"));
    }

    double secondsSince(Instant start) {
      return Duration.between(start, clock.now()).toNanos() / 1e9;
    }
  }

  /** Collects what single changes took, and prints medians: a shared core spoils any mean. */
  @State(Scope.Thread)
  public static class Costs {
    private final Map<String, List<Double>> seconds = new TreeMap<>();
    private final Map<String, List<Double>> medians = new TreeMap<>();

    void add(String what, double value) {
      seconds.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
    }

    /** Ends an iteration. */
    @TearDown(Level.Iteration)
    public void conclude() {
      seconds.forEach(
          (what, values) ->
              medians.computeIfAbsent(what, key -> new ArrayList<>()).add(median(values)));
      seconds.clear();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      double used = (double) (runtime.totalMemory() - runtime.freeMemory());
      medians.computeIfAbsent("heap", key -> new ArrayList<>()).add(used);
      List<Double> process = medians.getOrDefault("process", List.of());
      if (!process.isEmpty()) {
        int last = process.size() - 1;
        double ratio = process.get(last) / medians.getOrDefault("session", process).get(last);
        medians.computeIfAbsent("ratio", key -> new ArrayList<>()).add(ratio);
      }
    }

    /** Prints the figures: the median of all iterations, the lowest and the highest. */
    @TearDown(Level.Trial)
    public void print() {
      System.out.println();
      show("through the session", "session", "ms a change", 1e3);
      show("by a tc process", "process", "ms a change", 1e3);
      show("the session is", "ratio", "times cheaper", 1);
      show("a thousand classes", "classes", "ms for all", 1e3);
      show("heap in use", "heap", "MB", 1e-6);
    }

    private void show(String title, String what, String unit, double scale) {
      List<Double> values = medians.get(what);
      if (values != null) {
        System.out.printf(
            "%-20s %8.3f %s (%.3f to %.3f)%n",
            title,
            scale * median(values),
            unit,
            scale * Collections.min(values),
            scale * Collections.max(values));
      }
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
  }

  /** A block of changes through the session, then one by processes. */
  @Benchmark
  public void oneRate(Link link, Costs costs) throws QosException, InterruptedException {
    TcShaper shaper = link.shaper(List.of());
    for (int i = 0; i < SESSION_CHANGES; i++) {
      ShapingPlan plan = link.next();
      Instant start = link.clock.now();
      shaper.apply(plan);
      costs.add("session", link.secondsSince(start));
    }
    for (int i = 0; i < PROCESS_CHANGES; i++) {
      // As cheap as a process can be: tc enters the namespace by itself.
      String change =
          "tc -n %s qdisc change dev %s root handle 905: tbf rate %dmbit burst 200000 limit 900000"
              .formatted(NAMESPACE, DEVICE, 1000 + i);
      Command command = Command.of(change.split(" ", -1));
      Instant start = link.clock.now();
      link.local.run(command).orThrow();
      costs.add("process", link.secondsSince(start));
    }
  }

  /** The rates and queues of a thousand HTB classes on one interface, in one batch. */
  @Benchmark
  public void thousandClasses(Link link, Costs costs) throws QosException, InterruptedException {
    TcShaper shaper = link.shaper(THOUSAND);
    ShapingPlan plan = link.next();
    Instant start = link.clock.now();
    shaper.apply(plan);
    costs.add("classes", link.secondsSince(start));
  }
}
