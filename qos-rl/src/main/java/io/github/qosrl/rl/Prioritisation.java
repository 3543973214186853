package io.github.qosrl.rl;

/**
 * Prioritised replay (Schaul et al. 2016, proportional variant): a transition is drawn with
 * probability proportional to {@code (|δ| + ε)^α}, and its loss weighted by {@code (1/(N·P))^β}.
 *
 * @param alpha how much priorities matter, 0 (uniform) to 1
 * @param beta how much the weights correct for that, 0 to 1; by the paper rises to 1 over training
 * @param epsilon what keeps every transition drawable, positive
 */
public record Prioritisation(double alpha, Schedule beta, double epsilon) {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public Prioritisation {
    boolean betaInRange =
        Math.min(beta.from(), beta.to()) >= 0 && Math.max(beta.from(), beta.to()) <= 1;
    if (!(alpha >= 0 && alpha <= 1) || !betaInRange || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "prioritisation with alpha %s, beta %s to %s, epsilon %s is not possible; accepted: [0, 1],"
                  .formatted(alpha, beta.from(), beta.to(), epsilon)
              + " [0, 1], positive");
    }
  }

  /** The paper's values for the proportional variant: α = 0.6, β from 0.4 to 1. */
  public static Prioritisation proportional(long steps) {
    return new Prioritisation(0.6, Schedule.linear(0.4, 1, steps), 1e-6);
  }
}
