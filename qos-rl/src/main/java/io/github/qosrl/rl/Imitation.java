package io.github.qosrl.rl;

import io.github.qosrl.rl.replay.Batch;

/** The terms of {@link DemonstrationLoss}: value of the loss, and its gradient. */
final class Imitation {
  private final float marginWeight;
  private final float margin;
  private final float conservatism;
  private final int actions;
  private final int quantiles;
  private final double[] q;

  Imitation(DemonstrationLoss settings, int actions, int quantiles) {
    marginWeight = (float) settings.marginWeight();
    margin = (float) settings.margin();
    conservatism = (float) settings.conservatism();
    this.actions = actions;
    this.quantiles = quantiles;
    q = new double[actions];
  }

  /**
   * The mean added loss of a batch.
   *
   * @param values of s, action by action
   * @param slope to which the gradient with respect to the values is added
   */
  double loss(Batch batch, float[] values, float[] slope) {
    if (marginWeight == 0 && conservatism == 0) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < batch.size; i++) {
      int row = i * actions * quantiles;
      means(values, row);
      int taken = batch.actions[i];
      if (batch.demonstrations[i] && marginWeight > 0) {
        sum += marginLoss(row, taken, marginWeight / batch.size, slope);
      }
      if (conservatism > 0) {
        sum += conservativeLoss(row, taken, conservatism / batch.size, slope);
      }
    }
    return sum;
  }

  private void means(float[] values, int row) {
    for (int a = 0; a < actions; a++) {
      double sum = 0;
      for (int j = 0; j < quantiles; j++) {
        sum += values[row + a * quantiles + j];
      }
      q[a] = sum / quantiles;
    }
  }

  private double marginLoss(int row, int taken, float weight, float[] slope) {
    int rival = taken;
    double most = q[taken];
    for (int a = 0; a < actions; a++) {
      if (a != taken && q[a] + margin > most) {
        most = q[a] + margin;
        rival = a;
      }
    }
    push(slope, row, rival, weight);
    push(slope, row, taken, -weight);
    return weight * (most - q[taken]);
  }

  private double conservativeLoss(int row, int taken, float weight, float[] slope) {
    double max = q[0];
    for (double value : q) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : q) {
      sum += Math.exp(value - max);
    }
    for (int a = 0; a < actions; a++) {
      push(slope, row, a, (float) (weight * Math.exp(q[a] - max) / sum));
    }
    push(slope, row, taken, -weight);
    return weight * (max + Math.log(sum) - q[taken]);
  }

  /** Adds to the gradient of an action's mean value. */
  private void push(float[] slope, int row, int action, float gradient) {
    for (int j = 0; j < quantiles; j++) {
      slope[row + action * quantiles + j] += gradient / quantiles;
    }
  }
}
