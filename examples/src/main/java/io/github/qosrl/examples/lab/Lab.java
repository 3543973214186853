package io.github.qosrl.examples.lab;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.DelaySummary;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A laboratory that stands in this kernel: runs one agent after the other over the same scenario.
 * Not thread-safe.
 */
public final class Lab implements AutoCloseable {
  private final LabNetwork network;
  private final Scenario scenario;
  private final boolean faithful;

  private Lab(LabNetwork network, Scenario scenario, boolean faithful) {
    this.network = network;
    this.scenario = scenario;
    this.faithful = faithful;
  }

  /**
   * Builds it.
   *
   * @throws QosException if this user or machine cannot
   */
  public static Lab open(Host local, Scenario scenario) throws QosException, InterruptedException {
    LabNetwork network = LabNetwork.create(local);
    try {
      if (scenario.passiveSignals().timestamps() == 0) {
        network.withoutTimestamps();
      }
      boolean faithful = network.lengthen(scenario.baseRtt(), scenario.randomLoss());
      return new Lab(network, scenario, faithful);
    } catch (QosException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Whether the path has the scenario's round-trip time and loss: not if there is no netem. */
  public boolean hasDelay() {
    return faithful;
  }

  /**
   * Runs an agent.
   *
   * @param seed fixes the course of the capacity
   * @param settling how long the load runs before it counts
   * @param live is told of every moment as it passes, ten a second
   */
  public RunResult run(AgentChoice agent, long seed, Duration settling, Consumer<Moment> live)
      throws QosException, InterruptedException {
    return new LabRun(network, scenario, settling, live).of(agent, seed);
  }

  /**
   * How late the laboratory itself was in a run, in seconds: the 99th percentile over all moments,
   * which should be 100 ms apart. Whatever the machine did meanwhile kept all else waiting, too.
   */
  public static double lateness(RunResult run) {
    double[] seconds = run.moments().stream().mapToDouble(Moment::seconds).toArray();
    double[] late = new double[Math.max(0, seconds.length - 1)];
    for (int i = 0; i < late.length; i++) {
      late[i] = Math.max(0, seconds[i + 1] - seconds[i] - LabRun.BIN.toNanos() / 1e9);
    }
    return late.length == 0 ? 0 : DelaySummary.of(late).p99();
  }

  @Override
  public void close() {
    network.close();
  }
}
