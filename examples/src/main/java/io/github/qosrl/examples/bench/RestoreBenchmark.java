package io.github.qosrl.examples.bench;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
 * From {@code kill -9} of a controller's JVM to a link that is as it was found, both directions,
 * the download's IFB included. To reach: one second.
 *
 * <p>Needs root. Works in a network namespace of its own, on interfaces without traffic. The state
 * is asked by one {@code tc} process after another, which is part of the figure.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 20)
@Fork(1)
public class RestoreBenchmark {
  private static final String NAMESPACE = "qos-restore-bench";
  private static final Command LOOK = Command.of("tc", "-n", NAMESPACE, "qdisc", "show");

  private final Host local = Hosts.local();
  private String found = "";
  private @Nullable HostProcess controller;

  /** Makes the link. */
  @Setup
  public void prepare() throws QosException, InterruptedException {
    local.run(Command.of("ip", "netns", "add", NAMESPACE)).orThrow();
    ip("link", "add", "wan", "type", "veth", "peer", "name", "far");
    ip("link", "set", "wan", "up");
    ip("link", "set", "far", "up");
    found = state();
  }

  private void ip(String... arguments) throws QosException, InterruptedException {
    String[] argv = new String[3 + arguments.length];
    argv[0] = "ip";
    argv[1] = "-n";
    argv[2] = NAMESPACE;
    System.arraycopy(arguments, 0, argv, 3, arguments.length);
    local.run(Command.of(argv)).orThrow();
  }

  private String state() throws QosException, InterruptedException {
    return local.run(LOOK).orThrow().stdout();
  }

  /** Starts a controller, and waits until it shapes. */
  @Setup(Level.Invocation)
  public void shape() throws QosException, InterruptedException, IOException {
    HostProcess started =
        local.start(
            Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ShapedForEver.class.getName(),
                NAMESPACE,
                "wan",
                "ifb-wan"));
    controller = started;
    if (started.stdout().read() != 's' || !state().contains("htb")) {
      throw new IllegalStateException("it does not shape");
    }
  }

  /** Kills it, and waits until the link is restored. */
  @Benchmark
  public void killed() throws QosException, InterruptedException {
    HostProcess running = controller;
    if (running == null) {
      throw new IllegalStateException("it does not run");
    }
    ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
    while (!state().equals(found)) {
      Thread.onSpinWait();
    }
  }

  /** Lets go of what was killed. */
  @TearDown(Level.Invocation)
  public void bury() {
    if (controller != null) {
      controller.close();
    }
  }

  /** Removes the link. */
  @TearDown
  public void clean() throws QosException, InterruptedException {
    local.run(Command.of("ip", "netns", "del", NAMESPACE)).orThrow();
    local.close();
  }
}
