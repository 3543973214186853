package io.github.qosrl.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What a sample costs in CPU time, that of this JVM and of the programs that it runs together: by a
 * probe, and by one {@code ping -c 4} process for each sample, started by a bare {@link
 * ProcessBuilder}, in turns and in one JVM, with the options of {@code examples/qos run}. To reach:
 * 20 times cheaper.
 *
 * <p>A sample is a reply (of {@code counters} a reading). Eight targets on the loopback interface,
 * a packet to each every 50 ms, read every 50 ms: 1,000 samples take about 6 s.
 *
 * <p>A controller runs for days. What the JVM's compiler takes in the first two minutes, once, is
 * left out: {@value #WARM_UP_PROBES} probes at once have that behind them before the measurement.
 * Of what comes later the compiler's part is counted, and the garbage collector's.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"})
public class ProbesBenchmark {
  private static final int TICKS = 125;
  private static final int PROCESSES = 50;
  private static final int WARM_UP_PROBES = 8;
  private static final int WARM_UP_TICKS = 1500;
  private static final Duration TICK = Duration.ofMillis(50);
  private static final int TARGETS = 8;
  private static final String ADDRESSES =
      IntStream.rangeClosed(1, TARGETS)
          .mapToObj(i -> "127.0.0." + i)
          .collect(Collectors.joining(","));
  private static final List<String> FOUR_PINGS =
      List.of("ping", "-n", "-c", "4", "-i", "0.2", "127.0.0.1");

  /** A probe of the loopback interface, and what it has cost so far. */
  @State(Scope.Thread)
  public static class Subject {
    @Param({"ping", "fping", "tcp-connect", "counters"})
    private String id = "ping";

    private final Host host = Hosts.local();
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> ofThisJvm = new ArrayList<>();
    private final List<Double> processes = new ArrayList<>();
    private final List<Double> ofPingAlone = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    Probe open() throws QosException, InterruptedException {
      Map<String, String> settings =
          isCounters()
              ? Map.of("interface", "lo")
              : Map.of("targets", ADDRESSES, "interval", "50ms");
      return Plugins.probes().require(id).create(host, Settings.of(id, settings));
    }

    boolean isCounters() {
      return id.equals("counters");
    }

    /** Nanoseconds that this JVM has computed. */
    long own() {
      return system.getProcessCpuTime();
    }

    /** Nanoseconds that the programs have computed that run at present (schedstat, proc(5)). */
    long children() {
      return ProcessHandle.current().descendants().mapToLong(this::nanos).sum();
    }

    private long nanos(ProcessHandle process) {
      try {
        return Long.parseLong(host.read("/proc/" + process.pid() + "/schedstat").split(" ", -1)[0]);
      } catch (HostException e) {
        // It has just ended.
        return 0;
      }
    }

    /** Nanoseconds that the programs have computed that have ended (cutime and cstime, proc(5)). */
    long ended() throws HostException {
      String stat = host.read("/proc/self/stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return 10_000_000L * (Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }

    /** Takes note of what samples cost, in nanoseconds. */
    void note(double own, double children, double byProcess, double byPingAlone) {
      milliseconds.add((own + children) * 1e-3);
      ofThisJvm.add(own * 1e-3);
      processes.add(byProcess * 1e-3);
      ofPingAlone.add(byPingAlone * 1e-3);
      ratios.add(byProcess / (own + children));
    }

    /** Has the compiler work on both sides of the comparison. */
    @Setup
    public void warmUp() throws QosException, InterruptedException {
      MonotonicClock clock = MonotonicClock.system();
      List<Probe> probes = new ArrayList<>();
      try {
        while (probes.size() < WARM_UP_PROBES) {
          probes.add(open());
        }
        for (int i = 0; i < WARM_UP_TICKS; i++) {
          clock.sleepUntil(clock.now().plus(TICK));
          for (Probe probe : probes) {
            probe.measure(TICK);
          }
        }
      } finally {
        probes.forEach(Probe::close);
      }
      for (int i = 0; i < WARM_UP_PROBES; i++) {
        runProcesses();
      }
    }

    /** What warm-up cost does not count. */
    @TearDown(Level.Iteration)
    public void forgetWarmUp(IterationParams iteration) {
      if (iteration.getType() == IterationType.WARMUP) {
        List.of(milliseconds, ofThisJvm, processes, ofPingAlone, ratios).forEach(List::clear);
      }
    }

    /** Prints the medians of all iterations, the lowest and the highest. */
    @TearDown
    public void print() {
      host.close();
      System.out.printf("%nCPU time for 1,000 samples of %s%n", id);
      show("by the probe", milliseconds, "ms");
      show("of that this JVM", ofThisJvm, "ms");
      show("by ping -c 4", processes, "ms");
      show("of that ping", ofPingAlone, "ms");
      show("the probe is", ratios, "times cheaper");
    }

    private static void show(String title, List<Double> values, String unit) {
      List<Double> sorted = values.stream().sorted().toList();
      System.out.printf(
          "%-17s %9.1f %s (%.1f to %.1f)%n",
          title,
          sorted.get(sorted.size() / 2),
          unit,
          Collections.min(sorted),
          Collections.max(sorted));
    }
  }

  /** Samples by the probe, then by processes. */
  @Benchmark
  public void samples(Subject subject) throws QosException, InterruptedException {
    MonotonicClock clock = MonotonicClock.system();
    int samples = 0;
    long own;
    long children;
    try (Probe probe = subject.open()) {
      probe.measure(TICK);
      // Looking for the programs takes time of this JVM, which is not the probe's.
      children = subject.children();
      own = subject.own();
      for (int i = 0; i < TICKS; i++) {
        clock.sleepUntil(clock.now().plus(TICK));
        samples += subject.isCounters() ? read(probe) : replies(probe);
      }
      own = subject.own() - own;
      children = subject.children() - children;
    }
    long before = subject.own();
    long endedBefore = subject.ended();
    runProcesses();
    double byPing = (subject.ended() - endedBefore) / (double) PROCESSES;
    double byProcess = (subject.own() - before) / (double) PROCESSES + byPing;
    subject.note(own / (double) samples, children / (double) samples, byProcess, byPing);
  }

  private static int replies(Probe probe) throws QosException, InterruptedException {
    return (int) probe.measure(TICK).orElse(Metrics.PROBES_RECEIVED, 0);
  }

  private static int read(Probe probe) throws QosException, InterruptedException {
    for (int i = 0; i < TARGETS; i++) {
      probe.measure(TICK);
    }
    return TARGETS;
  }

  /** All at once, since most of the time they wait. */
  private static void runProcesses() throws InterruptedException {
    List<Thread> runners = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      Thread runner = new Thread(ProbesBenchmark::runOne);
      runner.start();
      runners.add(runner);
    }
    for (Thread runner : runners) {
      runner.join();
    }
  }

  /** Not by a host of ours, whose care for its processes is not the rival's to pay. */
  private static void runOne() {
    try {
      Process ping = new ProcessBuilder(FOUR_PINGS).redirectErrorStream(true).start();
      String printed = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (ping.waitFor() != 0) {
        throw new IllegalStateException("ping failed: " + printed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
