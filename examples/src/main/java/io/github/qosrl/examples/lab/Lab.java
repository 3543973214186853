package io.github.qosrl.examples.lab;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.util.function.Consumer;

/**
 * A laboratory that stands: runs one agent after the other over the same course of capacity. Not
 * thread-safe.
 */
public final class Lab implements AutoCloseable {
  private final LabNetwork network;
  private final LabLink link;

  private Lab(LabNetwork network, LabLink link) {
    this.network = network;
    this.link = link;
  }

  /**
   * Builds it.
   *
   * @param seed fixes the course of the capacity
   * @throws QosException if this user or machine cannot
   */
  public static Lab open(Host local, Scenario scenario, long seed)
      throws QosException, InterruptedException {
    return new Lab(LabNetwork.create(local), new LabLink(scenario, seed));
  }

  /**
   * Runs an agent.
   *
   * @param live is told of every moment as it passes, ten a second
   */
  public RunResult run(AgentChoice agent, Consumer<Moment> live)
      throws QosException, InterruptedException {
    return new LabRun(network, link, live).of(agent);
  }

  @Override
  public void close() {
    network.close();
  }
}
