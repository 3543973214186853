package io.github.qosrl.rl;

/**
 * How the target network follows the learning one.
 *
 * @param every gradient steps between updates; at least 1
 * @param tau part of the way that an update goes, (0, 1]; 1 copies
 */
public record TargetUpdate(int every, double tau) {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public TargetUpdate {
    if (every < 1 || !(tau > 0 && tau <= 1)) {
      throw new IllegalArgumentException(
          "target update every %d steps with tau %s is not possible; accepted: at least 1, (0, 1]"
              .formatted(every, tau));
    }
  }

  /** Copies the parameters now and then (Mnih et al. 2015, algorithm 1: "every C steps"). */
  public static TargetUpdate hard(int every) {
    return new TargetUpdate(every, 1);
  }

  /** Follows slowly at each step (Lillicrap et al. 2016, algorithm 1): θ⁻ ← τθ + (1−τ)θ⁻. */
  public static TargetUpdate soft(double tau) {
    return new TargetUpdate(1, tau);
  }
}
