package io.github.qosrl.examples.bench;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of one control tick of the simulated link, episode starts included. To reach: 5 µs for a
 * tick of 50 ms, at which policies decide: 200,000 ticks a second on one core. Four TCP flows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class SimulatedLinkBenchmark {
  /** The scenario. */
  @Param({"constant", "lte"})
  public String scenario = "constant";

  /** Virtual milliseconds between two decisions. */
  @Param({"50", "100"})
  public int interval = 50;

  /** Whether a passive probe reads the users' packets. */
  @Param({"true", "false"})
  public boolean passive = true;

  private SimulatedLink link = new SimulatedLink(Scenarios.named("constant"));
  private final ShapingPlan plan = ShapingPlan.of(BitRate.ofMegabits(19), BitRate.ofMegabits(4.75));
  private long seed;

  /** Starts the first episode. */
  @Setup
  public void start() throws InterruptedException {
    Duration tick = Duration.ofMillis(interval);
    link =
        new SimulatedLink(
            Scenarios.named(scenario).toBuilder()
                .interval(tick)
                .passiveSignals(signals -> signals.withProbe(passive))
                .build());
    link.reset(seed);
  }

  /** One tick; at the end of an episode the next one starts. */
  @Benchmark
  public Step tick() throws InterruptedException {
    Step step = link.step(plan);
    if (step.done()) {
      link.reset(++seed);
    }
    return step;
  }
}
