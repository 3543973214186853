package io.github.qosrl.examples.sim;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.control.SafetyEnvelope;
import io.github.qosrl.core.sim.LinkScore;
import io.github.qosrl.core.sim.LinkTruth;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.DelaySummary;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One agent over one scenario in a simulated link. */
public final class SimulatedRun {
  private SimulatedRun() {}

  /**
   * Runs it, with decisions as often as the agent prefers, else as the scenario says; equal
   * arguments give equal results.
   */
  public static RunResult of(AgentChoice choice, Scenario scenario, long seed)
      throws QosException, InterruptedException {
    try (Agent agent = choice.create(d -> scenario.capacity(d).mean().bitsPerSecond());
        SimulatedLink link = new SimulatedLink(paced(scenario, agent))) {
      SafetyEnvelope envelope = SafetyEnvelope.standard();
      List<Moment> moments = new ArrayList<>();
      agent.reset();
      Observation seen = link.reset(seed);
      Observation first = seen;
      boolean done = false;
      while (!done) {
        ShapingPlan plan = envelope.admit(agent.act(seen), seen.plan());
        Step step = link.step(plan);
        seen = step.observation();
        moments.add(moment(seconds(first, seen), plan, link.truth()));
        done = step.done();
      }
      LinkScore score = link.score();
      DelaySummary delays =
          new DelaySummary(
              score.inflationMean(),
              score.inflationP50(),
              score.inflationP95(),
              score.inflationP99());
      return new RunResult(
          choice.name(), scenario.name(), seed, moments, delays, score.probeLoss());
    }
  }

  private static Scenario paced(Scenario scenario, Agent agent) {
    Duration interval = agent.preferredInterval().orElse(scenario.interval());
    return scenario.toBuilder().interval(interval).build();
  }

  private static double seconds(Observation first, Observation now) {
    return Duration.between(first.time(), now.time()).toNanos() / 1e9;
  }

  private static Moment moment(double seconds, ShapingPlan plan, LinkTruth truth) {
    double queueing = 0;
    for (Direction d : Direction.values()) {
      queueing += truth.of(d).queueingDelay() + truth.of(d).shaperDelay();
    }
    return new Moment(
        seconds,
        flow(Direction.DOWNLOAD, plan, truth),
        flow(Direction.UPLOAD, plan, truth),
        queueing);
  }

  private static Moment.Flow flow(Direction direction, ShapingPlan plan, LinkTruth truth) {
    double limit = plan.rate(direction, Double.NaN);
    return new Moment.Flow(truth.of(direction).capacity(), limit, truth.of(direction).delivered());
  }
}
