package io.github.qosrl.rl.nd4j;

/** The dueling aggregation {@code Q = V + A − mean(A)} (Wang et al. 2016, equation 9). */
final class Heads {
  private Heads() {}

  /**
   * Joins state values and advantages of a batch.
   *
   * @param value one value per row and quantile
   * @param advantage one per row, action and quantile
   * @param q receives one per row, action and quantile
   */
  static void join(
      float[] value, float[] advantage, float[] q, int rows, int actions, int quantiles) {
    int width = actions * quantiles;
    for (int r = 0; r < rows; r++) {
      for (int n = 0; n < quantiles; n++) {
        int first = r * width + n;
        float sum = 0f;
        for (int a = 0; a < actions; a++) {
          sum += advantage[first + a * quantiles];
        }
        float shift = value[r * quantiles + n] - sum / actions;
        for (int a = 0; a < actions; a++) {
          q[first + a * quantiles] = advantage[first + a * quantiles] + shift;
        }
      }
    }
  }

  /** The gradient of {@link #join}: from that of Q to those of V and A. */
  static void split(
      float[] dq, float[] dValue, float[] dAdvantage, int rows, int actions, int quantiles) {
    int width = actions * quantiles;
    for (int r = 0; r < rows; r++) {
      for (int n = 0; n < quantiles; n++) {
        int first = r * width + n;
        float sum = 0f;
        for (int a = 0; a < actions; a++) {
          sum += dq[first + a * quantiles];
        }
        dValue[r * quantiles + n] = sum;
        float mean = sum / actions;
        for (int a = 0; a < actions; a++) {
          dAdvantage[first + a * quantiles] = dq[first + a * quantiles] - mean;
        }
      }
    }
  }
}
