package io.github.qosrl.examples.lab;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.StaticAgent;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.live.LiveController;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The controller on the laboratory's router: what {@code qos run} would be there, told nothing but
 * the names of the interfaces and whom to ping.
 */
final class LabControl implements AutoCloseable, LoopListener {
  private volatile ShapingPlan plan = ShapingPlan.UNLIMITED;
  private @Nullable ControlLoop loop;

  private LabControl() {}

  /**
   * Starts it; nothing if the choice is not to shape.
   *
   * @param agent stays the caller's
   */
  static LabControl start(LabNetwork network, AgentChoice choice, Agent agent)
      throws QosException, InterruptedException {
    LabControl control = new LabControl();
    if (choice.shapesNothing()) {
      return control;
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("wan", LabNetwork.WAN);
    settings.put(
        network.hasIfb() ? "ifb" : "lan", network.hasIfb() ? LabNetwork.IFB : LabNetwork.LAN);
    settings.put("targets", String.join(",", LabNetwork.REFLECTORS));
    settings.put("agent", choice.id());
    if (agent instanceof StaticAgent) {
      // Its queue is sized for where it stays.
      settings.put(
          "start", fixed(Direction.DOWNLOAD, agent) + "/" + fixed(Direction.UPLOAD, agent));
    }
    try {
      ControllerConfig config = ControllerConfig.read(Optional.empty(), settings, "the laboratory");
      ControlLoop started =
          new LiveController(network.router(), config).loop(agent, List.of(control));
      control.loop = started;
      started.start();
      return control;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BitRate fixed(Direction direction, Agent agent) {
    Observation nothing =
        new Observation(MonotonicClock.system().now(), List.of(), ShapingPlan.UNLIMITED);
    return agent.act(nothing).limit(direction).orElseThrow();
  }

  @Override
  public void onTick(Tick tick) {
    plan = tick.applied();
  }

  /** The limit in force. */
  Optional<BitRate> limit(Direction direction) {
    return plan.limit(direction);
  }

  /**
   * Checks that it still controls.
   *
   * @throws QosException if it failed
   */
  void check() throws QosException {
    Throwable failure = loop == null ? null : loop.failure().orElse(null);
    if (failure instanceof QosException e) {
      throw e;
    } else if (failure != null) {
      throw new QosException("the controller failed: " + failure, failure);
    }
  }

  @Override
  public void close() throws QosException {
    if (loop != null) {
      loop.close();
    }
  }
}
