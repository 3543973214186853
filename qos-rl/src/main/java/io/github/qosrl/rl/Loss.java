package io.github.qosrl.rl;

/** How a temporal-difference error becomes a loss. */
public enum Loss {
  /** Quadratic near zero, linear beyond ±1 (Huber 1964; the error clipping of Mnih et al. 2015). */
  HUBER,
  /** Half the square. */
  MSE;

  /** Derivative of the loss with respect to the error. */
  float slope(float error) {
    return this == HUBER ? Math.max(-1f, Math.min(1f, error)) : error;
  }

  /** The loss of an error. */
  float of(float error) {
    float size = Math.abs(error);
    return this == HUBER && size > 1f ? size - 0.5f : 0.5f * error * error;
  }
}
