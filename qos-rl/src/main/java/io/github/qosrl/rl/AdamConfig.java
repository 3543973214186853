package io.github.qosrl.rl;

/**
 * The optimiser's constants (Kingma and Ba 2015, "Adam", algorithm 1).
 *
 * @param beta1 decay of the first moment estimate, [0, 1)
 * @param beta2 decay of the second moment estimate, [0, 1)
 * @param epsilon added to the root of the second moment, positive
 * @param weightDecay decoupled weight decay (Loshchilov and Hutter 2019, "AdamW"); 0 for none
 */
public record AdamConfig(double beta1, double beta2, double epsilon, double weightDecay) {

  /** The paper's values, without weight decay. */
  public static final AdamConfig DEFAULT = new AdamConfig(0.9, 0.999, 1e-8, 0);

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public AdamConfig {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam's betas %s and %s must be in [0, 1)".formatted(beta1, beta2));
    }
    if (!(epsilon > 0 && epsilon <= 1) || !(weightDecay >= 0 && weightDecay <= 1)) {
      throw new IllegalArgumentException(
          "Adam's epsilon %s must be in (0, 1] and its weight decay %s in [0, 1]"
              .formatted(epsilon, weightDecay));
    }
  }
}
