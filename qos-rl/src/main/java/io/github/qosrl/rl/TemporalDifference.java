package io.github.qosrl.rl;

import io.github.qosrl.rl.replay.Batch;

/**
 * Targets and loss of a batch, for expected values and for quantiles. Values of a row lie action by
 * action, the quantiles of an action side by side.
 */
final class TemporalDifference {
  private final Loss loss;
  private final int actions;
  private final int quantiles;

  TemporalDifference(DqnConfig config, int actions) {
    this.loss = config.loss();
    this.actions = actions;
    this.quantiles = config.quantiles();
  }

  /**
   * {@code y = R + γⁿ Q(s′, a*; θ⁻)} for each quantile of the next action.
   *
   * @param chooser values of s′ by which a* is the best, from a row on
   * @param judge values of s′ by the target network
   */
  void targets(Batch batch, float[] chooser, int firstRow, float[] judge, float[] y) {
    int width = actions * quantiles;
    for (int i = 0; i < batch.size; i++) {
      int best = best(chooser, (firstRow + i) * width, actions, quantiles);
      int from = i * width + best * quantiles;
      for (int j = 0; j < quantiles; j++) {
        y[i * quantiles + j] = batch.rewards[i] + batch.bootstraps[i] * judge[from + j];
      }
    }
  }

  /** The action whose quantiles have the largest mean; the first among equals. */
  static int best(float[] values, int row, int actions, int quantiles) {
    if (quantiles == 1) {
      return best(values, row, actions);
    }
    int best = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int a = 0; a < actions; a++) {
      float sum = 0f;
      for (int j = 0; j < quantiles; j++) {
        sum += values[row + a * quantiles + j];
      }
      if (sum > most) {
        most = sum;
        best = a;
      }
    }
    return best;
  }

  private static int best(float[] values, int row, int actions) {
    int best = row;
    for (int i = row + 1; i < row + actions; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best - row;
  }

  /**
   * The loss of a batch, and how it changes with the values.
   *
   * @param q values of s
   * @param y targets
   * @param slope receives the gradient with respect to {@code q}
   * @param errors receives the absolute errors, for the replay's priorities
   * @return the mean weighted loss
   */
  double loss(Batch batch, float[] q, float[] y, float[] slope, float[] errors) {
    double sum = 0;
    int width = actions * quantiles;
    float share = 1f / batch.size;
    for (int i = 0; i < batch.size; i++) {
      int taken = i * width + batch.actions[i] * quantiles;
      float weight = batch.weights[i] * share;
      if (quantiles == 1) {
        float delta = y[i] - q[taken];
        slope[taken] = -weight * loss.slope(delta);
        errors[i] = Math.abs(delta);
        sum += weight * loss.of(delta);
      } else {
        sum += quantileLoss(i, taken, weight, q, y, slope, errors);
      }
    }
    return sum;
  }

  /**
   * Quantile Huber loss (Dabney et al. 2018, equation 10 and algorithm 1): {@code Σᵢ Eⱼ[|τ̂ᵢ −
   * 1{u<0}| · Huber(u)]} with {@code u = yⱼ − θᵢ} and quantile midpoints {@code τ̂ᵢ = (i + ½)/N}.
   */
  private double quantileLoss(
      int row, int taken, float weight, float[] q, float[] y, float[] slope, float[] errors) {
    double sum = 0;
    float size = 0f;
    for (int i = 0; i < quantiles; i++) {
      float tau = (i + 0.5f) / quantiles;
      float theta = q[taken + i];
      float g = 0f;
      for (int j = 0; j < quantiles; j++) {
        float u = y[row * quantiles + j] - theta;
        float side = u < 0 ? 1 - tau : tau;
        g += side * Loss.HUBER.slope(u);
        sum += side * Loss.HUBER.of(u);
        size += Math.abs(u);
      }
      slope[taken + i] = -weight * g / quantiles;
    }
    errors[row] = size / (quantiles * quantiles);
    return weight * sum / quantiles;
  }

  /** Mean value of the actions that were taken. */
  double meanOfTaken(Batch batch, float[] q) {
    double sum = 0;
    for (int i = 0; i < batch.size; i++) {
      int taken = (i * actions + batch.actions[i]) * quantiles;
      for (int j = 0; j < quantiles; j++) {
        sum += q[taken + j];
      }
    }
    return sum / ((double) batch.size * quantiles);
  }
}
