package io.github.qosrl.rl.replay;

/**
 * Numbers whose sum, and whose element at a partial sum, take logarithmic time (Schaul et al. 2016,
 * appendix B.2.1). A complete binary tree in one array: node i has the children 2i and 2i + 1.
 */
final class SumTree {
  private final int leaves;
  private final double[] nodes;

  SumTree(int capacity) {
    leaves = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    nodes = new double[2 * leaves];
  }

  void set(int index, double value) {
    int node = leaves + index;
    nodes[node] = value;
    // Sums are taken anew, not changed by differences: rounding errors cannot pile up.
    for (node >>= 1; node >= 1; node >>= 1) {
      nodes[node] = nodes[2 * node] + nodes[2 * node + 1];
    }
  }

  double get(int index) {
    return nodes[leaves + index];
  }

  double sum() {
    return nodes[1];
  }

  /**
   * The first element at which the running sum exceeds a number.
   *
   * @param sum 0 or more, less than {@link #sum}
   */
  int find(double sum) {
    int node = 1;
    double rest = sum;
    while (node < leaves) {
      node *= 2;
      // By rounding, the rest may reach the end of the right branch: never enter an empty one.
      if (rest >= nodes[node] && nodes[node + 1] > 0) {
        rest -= nodes[node];
        node++;
      }
    }
    return node - leaves;
  }
}
