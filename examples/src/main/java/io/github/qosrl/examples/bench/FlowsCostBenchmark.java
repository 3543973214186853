package io.github.qosrl.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.probes.flows.FlowsProbe;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the flows probe costs in CPU time, that of this JVM and of its tcpdumps together, read 20
 * times a second while iperf3 sends both ways between two network namespaces of its own, with the
 * options of {@code examples/qos run}. Needs root and iperf3. To reach: 2 % of a core at 100 Mbit/s
 * each way, 6 % at 1 Gbit/s.
 *
 * <p>The traffic has the first CPU for itself, the probe the second: the kernel charges its work on
 * packets to whatever happens to run. The first {@value #WARM_UP_SECONDS} s, in which the JVM
 * compiles what it will, are not counted.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"})
public class FlowsCostBenchmark {
  private static final int WARM_UP_SECONDS = 40;
  private static final int SECONDS = 20;
  private static final int TICKS_PER_SECOND = 20;
  private static final String NEAR = "qos-bench-near";
  private static final String FAR = "qos-bench-far";
  private static final String ADDRESS = "10.219.7.2";
  private static final int MOST_STREAMS = 125;

  /** Two namespaces, and what iperf3 sends between them. */
  @State(Scope.Thread)
  public static class Traffic {
    @Param({"100", "1000"})
    private int megabits = 100;

    @Param({"4", "1000"})
    private int flows = 4;

    private final Host host = Hosts.local();
    private final List<HostProcess> processes = new ArrayList<>();

    private void ip(String words) throws HostException, InterruptedException {
      host.run(Command.of(("ip " + words).split(" ", -1))).orThrow();
    }

    private void start(String namespace, String words) throws HostException {
      String command = "ip netns exec " + namespace + " taskset -c 0 iperf3 " + words;
      processes.add(host.start(Command.of(command.split(" ", -1))));
    }

    /** Makes the namespaces, and starts to send. */
    @Setup
    public void send() throws HostException, InterruptedException {
      remove();
      ip("netns add " + NEAR);
      ip("netns add " + FAR);
      ip("link add wan0 netns " + NEAR + " type veth peer name eth0 netns " + FAR);
      configure(NEAR, "wan0", "10.219.7.1");
      configure(FAR, "eth0", ADDRESS);
      int streams = Math.min(MOST_STREAMS, flows / 2);
      int pairs = flows / 2 / streams;
      for (int i = 0; i < 2 * pairs; i++) {
        start(FAR, "-s -i 0 -p " + (5300 + i));
      }
      MonotonicClock.system().sleepUntil(MonotonicClock.system().now().plusSeconds(2));
      long each = 1_000_000L * megabits / pairs / streams;
      for (int i = 0; i < 2 * pairs; i++) {
        String reverse = i % 2 == 0 ? "" : " -R";
        start(
            NEAR,
            "-c %s -p %d -P %d -b %d -l 16K -i 0 -t 600%s"
                .formatted(ADDRESS, 5300 + i, streams, each, reverse));
      }
      String self = Long.toString(ProcessHandle.current().pid());
      host.run(Command.of("taskset", "-apc", "1", self)).orThrow();
    }

    private void configure(String namespace, String device, String address)
        throws HostException, InterruptedException {
      ip("-n " + namespace + " addr add " + address + "/24 dev " + device);
      ip("-n " + namespace + " link set " + device + " up");
      String off = "netns exec " + namespace + " ethtool -K " + device;
      ip(off + " tx off tso off gso off gro off");
    }

    private void remove() throws HostException, InterruptedException {
      for (String namespace : List.of(NEAR, FAR)) {
        host.run(Command.of("ip", "netns", "del", namespace));
      }
    }

    /** Stops sending, and removes the namespaces. */
    @TearDown
    public void stop() throws HostException, InterruptedException {
      processes.forEach(HostProcess::close);
      remove();
      host.close();
    }
  }

  /** Reads the probe for a while, and prints what that took. */
  @Benchmark
  public void watch(Traffic traffic) throws QosException, InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (Host host = Hosts.netns(NEAR);
        Probe probe = FlowsProbe.open(host, "wan0")) {
      read(probe, WARM_UP_SECONDS);
      long children = tcpdumps(traffic);
      long own = system.getProcessCpuTime();
      read(probe, SECONDS);
      own = system.getProcessCpuTime() - own;
      children = tcpdumps(traffic) - children;
      System.out.printf(
          "%n%d Mbit/s each way, %d flows: JVM %.2f %%, tcpdump %.2f %%, together %.2f %% of a core%n",
          traffic.megabits,
          traffic.flows,
          own / 1e7 / SECONDS,
          children / 1e7 / SECONDS,
          (own + children) / 1e7 / SECONDS);
    }
  }

  private static void read(Probe probe, int seconds) throws QosException, InterruptedException {
    MonotonicClock clock = MonotonicClock.system();
    Duration tick = Duration.ofSeconds(1).dividedBy(TICKS_PER_SECOND);
    for (int i = 0; i < seconds * TICKS_PER_SECOND; i++) {
      clock.sleepUntil(clock.now().plus(tick));
      probe.measure(tick);
    }
  }

  /** Nanoseconds that the tcpdumps have computed that run at present (schedstat, proc(5)). */
  private static long tcpdumps(Traffic traffic) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("tcpdump"))
        .mapToLong(process -> nanos(traffic.host, process.pid()))
        .sum();
  }

  private static long nanos(Host host, long pid) {
    try {
      return Long.parseLong(host.read("/proc/" + pid + "/schedstat").split(" ", -1)[0]);
    } catch (HostException e) {
      // It has just ended.
      return 0;
    }
  }
}
