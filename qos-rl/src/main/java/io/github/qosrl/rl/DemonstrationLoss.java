package io.github.qosrl.rl;

/**
 * What is added to the loss when learning from recorded decisions of another agent.
 *
 * @param marginWeight weight of the large-margin loss on demonstrations (DQfD, Hester et al. 2018,
 *     section 4): {@code max over a of (Q(s,a) + margin·[a ≠ a_E]) − Q(s,a_E)}; 0 for none
 * @param margin how far the demonstrated action must lead; the paper's 0.8
 * @param conservatism weight of the conservative penalty on every transition (CQL(H), Kumar et al.
 *     2020, equation 4): {@code log Σ exp Q(s,·) − Q(s,a)}; for learning from recordings alone; 0
 *     for none
 */
public record DemonstrationLoss(double marginWeight, double margin, double conservatism) {

  /** Learns from demonstrations as from any other experience. */
  public static final DemonstrationLoss NONE = new DemonstrationLoss(0, 0.8, 0);

  /**
   * @throws IllegalArgumentException if a value is negative or not finite
   */
  public DemonstrationLoss {
    boolean finite = Double.isFinite(marginWeight + margin + conservatism);
    if (!finite || marginWeight < 0 || margin < 0 || conservatism < 0) {
      throw new IllegalArgumentException(
          "demonstration loss with margin weight %s, margin %s, conservatism %s is not possible; none may be negative"
              .formatted(marginWeight, margin, conservatism));
    }
  }

  /** The large-margin loss of DQfD with the paper's margin. */
  public static DemonstrationLoss margin(double weight) {
    return new DemonstrationLoss(weight, 0.8, 0);
  }

  /** The conservative penalty of CQL(H). */
  public static DemonstrationLoss conservative(double weight) {
    return new DemonstrationLoss(0, 0.8, weight);
  }
}
