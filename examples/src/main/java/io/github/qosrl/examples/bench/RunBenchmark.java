package io.github.qosrl.examples.bench;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * What {@code examples/qos run} costs on a link without load, as it comes: the pretrained agent,
 * twenty decisions a second, three targets. CPU time of its JVM by thread and of the programs that
 * it runs, in percent of a core, and their context switches; once in the minute after traffic, at
 * the full pace of the probes, and once on a link that has been idle for longer.
 *
 * <p>Needs root. Works in two network namespaces of its own, joined by veth pairs; so what a
 * probe's packet costs at the other end counts too, since the kernel answers it while it is being
 * sent.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
public class RunBenchmark {
  private static final String ROUTER = "qos-run-bench";
  private static final String FAR = "qos-run-bench-far";
  private static final String TARGETS = "10.91.0.11,10.91.0.12,10.91.0.13";
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration UNTIL_IDLE = Duration.ofSeconds(62);
  private static final Duration SAMPLE = Duration.ofSeconds(10);

  @Param({"full", "idle"})
  private String pace = "full";

  private final Host local = Hosts.local();
  private final Host router = Hosts.netns(ROUTER);
  private final Map<String, List<CpuSample.Share>> parts = new TreeMap<>();
  private @Nullable ExitGuard guard;
  private @Nullable HostProcess run;
  private volatile String printed = "";

  /** Makes the link, starts the controller, and waits until what is to be measured is there. */
  @Setup
  public void start() throws QosException, InterruptedException, IOException {
    ExitGuard cleaner = ExitGuard.start(local);
    guard = cleaner;
    cleaner.undo(
        List.of(Command.of("ip", "netns", "del", ROUTER), Command.of("ip", "netns", "del", FAR)));
    build();
    HostProcess started =
        router.start(
            Command.of(
                launcher().toString(), "run", "--wan", "wan", "--lan", "lan", "--target", TARGETS));
    run = started;
    drain(started.stdout());
    drain(started.stderr());
    sleep(WARM_UP);
    if (pace.equals("idle")) {
      sleep(UNTIL_IDLE);
    }
  }

  private void build() throws QosException, InterruptedException {
    String batch =
        """
        netns add %1$s
        netns add %2$s
        link add wan netns %1$s type veth peer name net netns %2$s
        link add lan netns %1$s type veth peer name user netns %2$s
        """;
    ip(batch.formatted(ROUTER, FAR));
    for (String device : List.of("lo", "wan", "lan")) {
      ip("-n " + ROUTER, "link set " + device + " up");
    }
    for (String device : List.of("lo", "net", "user")) {
      ip("-n " + FAR, "link set " + device + " up");
    }
    ip("-n " + ROUTER, "addr add 10.91.0.1/24 dev wan");
    for (String target : TARGETS.split(",", -1)) {
      ip("-n " + FAR, "addr add " + target + "/24 dev net");
    }
  }

  private void ip(String batch) throws QosException, InterruptedException {
    local.run(Command.of("ip", "-batch", "-").withInput(batch)).orThrow();
  }

  private void ip(String where, String what) throws QosException, InterruptedException {
    local.run(Command.of(("ip " + where + " " + what).split(" ", -1))).orThrow();
  }

  /** The script beside the folder that this program was built in. */
  private static Path launcher() {
    Path built = Path.of(System.getProperty("java.class.path").split(":", -1)[0]);
    return built.toAbsolutePath().resolveSibling("../qos").normalize();
  }

  private void drain(InputStream from) {
    Thread reader =
        new Thread(
            () -> {
              byte[] chunk = new byte[4096];
              try {
                for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                  printed = new String(chunk, 0, n);
                }
              } catch (IOException e) {
                // It has ended.
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  /** At the full pace: a few large packets keep the link from idling for another minute. */
  @Setup(Level.Iteration)
  public void keepAwake() throws QosException, InterruptedException {
    if (pace.equals("full")) {
      local
          .run(
              Command.of(
                  ("ip netns exec " + FAR + " ping -q -s 1400 -c 8 -i 0.005 10.91.0.1")
                      .split(" ", -1)))
          .orThrow();
      sleep(Duration.ofSeconds(1));
    }
  }

  /** Lets it work for a while. */
  @Benchmark
  public void work(IterationParams iteration) throws InterruptedException {
    ProcessHandle process = process();
    CpuSample before = CpuSample.take(process);
    sleep(SAMPLE);
    Map<String, CpuSample.Share> shares = CpuSample.take(process).since(before);
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return;
    }
    CpuSample.Share none = new CpuSample.Share(0, 0);
    CpuSample.Share jvm = none;
    CpuSample.Share all = none;
    for (Map.Entry<String, CpuSample.Share> share : shares.entrySet()) {
      note(share.getKey(), share.getValue());
      jvm = share.getKey().startsWith("jvm") ? jvm.plus(share.getValue()) : jvm;
      all = all.plus(share.getValue());
    }
    note(" JVM", jvm);
    note(" all", all);
  }

  private ProcessHandle process() {
    HostProcess running = run;
    if (running == null || !running.alive()) {
      throw new IllegalStateException("qos run has ended: " + printed);
    }
    return ProcessHandle.of(running.pid()).orElseThrow();
  }

  private void note(String part, CpuSample.Share share) {
    parts.computeIfAbsent(part, key -> new ArrayList<>()).add(share);
  }

  /** Prints medians, lowest and highest, and removes the link. */
  @TearDown
  public void stop() throws QosException, InterruptedException, IOException {
    System.out.printf("%nqos run without load, probes at the %s pace%n", pace);
    System.out.printf("%-22s %24s  %s%n", "", "% of a core", "switches/s");
    parts.forEach(RunBenchmark::show);
    System.out.printf("%-22s %9.0f MB%n", "resident", CpuSample.resident(process()));
    if (run != null) {
      run.close();
    }
    router.close();
    if (guard != null) {
      guard.close();
    }
    ip("netns del " + ROUTER + "\nnetns del " + FAR + "\n");
    local.close();
  }

  private static void show(String part, List<CpuSample.Share> shares) {
    double[] percents = shares.stream().mapToDouble(CpuSample.Share::percent).sorted().toArray();
    double[] switches = shares.stream().mapToDouble(CpuSample.Share::switches).sorted().toArray();
    int middle = shares.size() / 2;
    if (switches[middle] >= 0.5) {
      System.out.printf(
          "%-22s %7.3f (%.3f to %.3f)  %7.1f%n",
          part.strip(),
          percents[middle],
          percents[0],
          percents[percents.length - 1],
          switches[middle]);
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
