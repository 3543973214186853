package io.github.qosrl.core.sim;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A steady link that is played, and what a passive probe saw of it. */
final class PassiveScene {
  static final Metric DOWN_DELAY = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(DOWNLOAD);
  static final Metric DOWN_SAMPLES = FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(DOWNLOAD);
  static final Metric UP_DELAY = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(UPLOAD);
  static final Metric ACK_DELAY = FlowMetrics.FLOW_ACK_DELAY.in(UPLOAD);
  static final Metric ACK_INFLATION = FlowMetrics.FLOW_ACK_INFLATION.in(UPLOAD);
  static final Metric DELIVERED = FlowMetrics.FLOW_DELIVERED.in(UPLOAD);
  static final Metric DELIVERY_RATE = FlowMetrics.FLOW_DELIVERY_RATE.in(UPLOAD);
  static final Metric TIMESTAMPS = FlowMetrics.FLOW_TIMESTAMP_COVERAGE.in(DOWNLOAD);
  static final Metric ACKS = FlowMetrics.FLOW_ACK_COVERAGE.in(UPLOAD);

  static final ShapingPlan BELOW_CAPACITY = plan(18, 4.5);

  static ShapingPlan plan(double down, double up) {
    return ShapingPlan.of(BitRate.ofMegabits(down), BitRate.ofMegabits(up));
  }

  /** A tick: what was seen of it, and what went on. */
  record Tick(Measurement flows, Observation seen, LinkTruth truth) {
    double get(Metric metric) {
      return flows.orElse(metric, Double.NaN);
    }
  }

  static ScenarioBuilder steady(int downloads, int uploads) {
    return Scenario.builder("steady")
        .traffic(List.of())
        .addTraffic(downloads, Traffic.bulk(DOWNLOAD, Transport.CUBIC))
        .addTraffic(uploads, Traffic.bulk(UPLOAD, Transport.CUBIC))
        .interval(Duration.ofMillis(50))
        .duration(Duration.ofSeconds(10));
  }

  static List<Tick> play(ScenarioBuilder scenario, ShapingPlan plan) throws InterruptedException {
    SimulatedLink link = new SimulatedLink(scenario.build());
    link.reset(1);
    List<Tick> ticks = new ArrayList<>();
    boolean done = false;
    while (!done) {
      Step step = link.step(plan);
      Observation seen = step.observation();
      ticks.add(new Tick(seen.measurements().get(4), seen, link.truth()));
      done = step.done();
    }
    return ticks;
  }

  static ScenarioBuilder with(ScenarioBuilder scenario, UnaryOperator<PassiveSignals> change) {
    return scenario.passiveSignals(change);
  }

  static double mean(List<Tick> ticks, Metric metric) {
    return ticks.stream()
        .mapToDouble(t -> t.seen().orElse(metric, Double.NaN))
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(-1);
  }

  static List<Tick> afterSeconds(List<Tick> ticks, double seconds) {
    return ticks.subList((int) (20 * seconds), ticks.size());
  }

  static double queue(Tick tick, Direction direction) {
    return tick.truth().of(direction).queueingDelay();
  }

  static Tick lastOf(List<Tick> ticks) {
    return ticks.get(ticks.size() - 1);
  }

  private PassiveScene() {}
}
