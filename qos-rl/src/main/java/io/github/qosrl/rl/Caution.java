package io.github.qosrl.rl;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.MlpPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Lets a network depart from a trusted action only where it expects to gain more than a margin by
 * it: small differences of learned values are noise, and a policy that follows them is worse than
 * the heuristic that it could have followed.
 *
 * <p>The margin becomes part of the network: it is added to the trusted action's bias in the last
 * layer, so that a decision costs no more than before.
 */
final class Caution {
  /** A loss against the trusted action weighs as much as a gain of so much more. */
  private static final double LOSS_WEIGHT = 2;

  private Caution() {}

  /** The network with a margin in favour of an action. */
  static MlpPolicy with(MlpPolicy network, int trusted, double margin) {
    Map<String, float[]> parameters = network.parameters();
    String name = "layers." + network.shape().hidden().size() + ".bias";
    float[] bias = parameters.get(name);
    if (bias == null) {
      throw new IllegalStateException("a network without " + name);
    }
    int quantiles = network.shape().quantiles();
    for (int i = trusted * quantiles; i < (trusted + 1) * quantiles; i++) {
      bias[i] += (float) margin;
    }
    return MlpPolicy.of(network.shape(), parameters);
  }

  /**
   * The network with that one of several margins with which it does best.
   *
   * @param task whose score is what is gained over always taking the trusted action
   * @param margins those to try
   * @param seeds an episode each
   */
  static MlpPolicy best(
      Task task, MlpPolicy network, int trusted, List<Double> margins, long... seeds)
      throws QosException, InterruptedException {
    MlpPolicy best = network;
    double bestScore = Double.NEGATIVE_INFINITY;
    try (Evaluator evaluator = new Evaluator(task)) {
      for (double margin : margins) {
        MlpPolicy cautious = with(network, trusted, margin);
        double score = score(evaluator.returns(cautious, seeds));
        if (score > bestScore) {
          bestScore = score;
          best = cautious;
        }
      }
    }
    return best;
  }

  private static double score(List<Double> gains) {
    double[] weighed = gains.stream().mapToDouble(g -> g < 0 ? LOSS_WEIGHT * g : g).toArray();
    return Arrays.stream(weighed).average().orElse(Double.NEGATIVE_INFINITY);
  }
}
