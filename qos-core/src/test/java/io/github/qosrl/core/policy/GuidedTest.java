package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.sim.QueueDiscipline;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuidedTest {
  private static final int PROPOSAL = new GuidedActions().proposal();

  @Test
  void theProposalAsItIsDoesWhatTheHeuristicDoes() throws Exception {
    ReceiveRateAgent heuristic = new ReceiveRateAgent();
    GuidedActions actions = new GuidedActions();
    try (SimulatedLink link = new SimulatedLink(Scenarios.named("lte"))) {
      Observation seen = link.reset(1);
      for (int tick = 0; tick < 200; tick++) {
        ShapingPlan wanted = heuristic.act(seen);
        for (Direction direction : Direction.values()) {
          assertEquals(
              wanted.limit(direction).orElseThrow(),
              actions.apply(PROPOSAL, seen, direction),
              direction + " " + tick);
        }
        seen = link.step(wanted).observation();
      }
    }
  }

  @Test
  void factorsOfSuccessiveTicksDoNotMultiply() throws Exception {
    GuidedActions actions = new GuidedActions();
    try (SimulatedLink link = new SimulatedLink(Scenarios.named("constant"))) {
      Observation seen = link.reset(1);
      double least = Double.POSITIVE_INFINITY;
      for (int tick = 0; tick < 400; tick++) {
        BitRate limit = actions.apply(0, seen, Direction.DOWNLOAD);
        ShapingPlan plan = ShapingPlan.of(limit, BitRate.ofMegabits(5));
        seen = link.step(plan).observation();
        least = tick < 100 ? least : Math.min(least, limit.bitsPerSecond());
      }
      // The heuristic keeps to about 20 Mbit/s; the smallest factor is 0.8.
      assertTrue(least > 12e6, "least limit " + least);
    }
  }

  @Test
  void sendersThatDoNotHeedDropsLeaveTheProposalAsItIs() throws Exception {
    GuidedActions actions = new GuidedActions();
    Guide guide = new Guide();
    try (SimulatedLink link =
        new SimulatedLink(
            Scenarios.named("lte").toBuilder()
                .shaperQueue(QueueDiscipline.CAKE)
                .traffic(List.of())
                .addTraffic(4, Traffic.bulk(Direction.DOWNLOAD, Transport.BBR))
                .build())) {
      Observation seen = link.reset(1);
      int unheeded = 0;
      for (int tick = 0; tick < 400; tick++) {
        guide.update(seen);
        double say = 1 - guide.unheeded(Direction.DOWNLOAD);
        double proposed = guide.rate(Direction.DOWNLOAD, 20e6);
        double least = actions.apply(0, seen, Direction.DOWNLOAD).bitsPerSecond();
        assertEquals(proposed * Math.pow(0.8, say), least, 1);
        unheeded += say == 0 ? 1 : 0;
        BitRate limit = BitRate.ofBitsPerSecond(proposed);
        seen = link.step(ShapingPlan.of(limit, BitRate.ofMegabits(5))).observation();
      }
      assertTrue(unheeded > 200, "ticks with BBR found out: " + unheeded);
    }
  }

  @Test
  void featuresTellTheProposalInBothDirections() throws Exception {
    GuidedFeatures features = new GuidedFeatures();
    Guide guide = new Guide();
    float[] out = new float[features.size()];
    try (SimulatedLink link = new SimulatedLink(Scenarios.named("steps"))) {
      Observation seen = link.reset(1);
      for (int tick = 0; tick < 100; tick++) {
        seen = link.step(TestPolicies.observation(50, 20, 15, 0.001).plan()).observation();
        features.encode(seen, Direction.DOWNLOAD, out);
        guide.update(seen);
        double rate = seen.plan().limit(Direction.DOWNLOAD).orElseThrow().bitsPerSecond();
        float proposal = out[features.names().indexOf("proposal")];
        assertEquals(
            Math.signum(guide.rate(Direction.DOWNLOAD, rate) - rate), Math.signum(proposal));
      }
    }
  }

  @Test
  void actionsThatShareTheHeuristicOfTheirFeaturesSetWhatThoseWithTheirOwnDo() throws Exception {
    GuidedFeatures features = new GuidedFeatures();
    ActionSet sharing = new GuidedActions().freshBeside(features);
    ActionSet own = new GuidedActions().freshBeside(new LinkFeatures());
    float[] out = new float[features.size()];
    try (SimulatedLink link = new SimulatedLink(Scenarios.named("handover"))) {
      for (int episode = 1; episode <= 2; episode++) {
        features.reset();
        sharing.reset();
        own.reset();
        Observation seen = link.reset(episode);
        for (int tick = 0; tick < 200; tick++) {
          ShapingPlan plan = seen.plan();
          for (Direction direction : Direction.values()) {
            features.encode(seen, direction, out);
            int action = (tick + direction.ordinal()) % own.size();
            BitRate limit = sharing.apply(action, seen, direction);
            assertEquals(own.apply(action, seen, direction), limit, direction + " " + tick);
            plan = plan.with(direction, limit);
          }
          seen = link.step(plan).observation();
        }
      }
    }
  }

  @Test
  void bothAreFoundByTheNamesThatAPolicyFileHolds() throws Exception {
    FeatureEncoder encoder = new GuidedFeatures(7);
    FeatureEncoder again =
        Plugins.load(FeatureEncoderProvider.class)
            .require(encoder.id())
            .create(Settings.of("encoder", encoder.parameters()));
    assertEquals(encoder.size(), again.size());
    ActionSet actions = new GuidedActions(new double[] {0.5, 1, 1.1});
    Map<String, String> parameters =
        Plugins.load(ActionSetProvider.class)
            .require(actions.id())
            .create(Settings.of("actions", actions.parameters()))
            .parameters();
    assertEquals(actions.parameters(), parameters);
    assertEquals("0.5P", actions.label(0));
    assertEquals("1.1P", actions.label(2));
  }
}
