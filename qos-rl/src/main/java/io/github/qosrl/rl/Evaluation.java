package io.github.qosrl.rl;

import java.util.List;

/**
 * How well a network did when it played without exploring.
 *
 * @param step steps of training before it
 * @param returns sum of rewards of each episode, in the order of the seeds
 * @param best whether no earlier evaluation of the run was as good
 */
public record Evaluation(long step, List<Double> returns, boolean best) {

  /** Copies the list. */
  public Evaluation {
    returns = List.copyOf(returns);
  }

  /** The mean return. */
  public double mean() {
    return returns.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The sample standard deviation of the returns; 0 for a single one. */
  public double deviation() {
    if (returns.size() < 2) {
      return 0;
    }
    double mean = mean();
    double squares = returns.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
    return Math.sqrt(squares / (returns.size() - 1));
  }
}
