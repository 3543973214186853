package io.github.qosrl.examples.bench;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.policy.PolicyAgent;
import io.github.qosrl.core.policy.PolicyFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A program that loads the policy file it is given, decides once, and ends. */
public final class FirstDecision {
  private FirstDecision() {}

  /** Decides about a link of which nothing is known yet. */
  public static void main(String[] args) throws QosException {
    try (PolicyAgent agent = new PolicyAgent(PolicyFile.read(Path.of(args[0])))) {
      ShapingPlan plan = ShapingPlan.of(BitRate.ofMegabits(20), BitRate.ofMegabits(5));
      System.out.println(agent.act(new Observation(Instant.EPOCH, List.of(), plan)));
    }
  }
}
