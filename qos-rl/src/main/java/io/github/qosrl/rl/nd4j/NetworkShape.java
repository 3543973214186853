package io.github.qosrl.rl.nd4j;

import java.util.ArrayList;
import java.util.List;

/**
 * The form of a Q-network: fully connected layers with ReLU between them.
 *
 * <p>With dueling heads (Wang et al. 2016, figure 1) the last hidden layer is twice as wide: its
 * first half feeds the state value, its second half the advantages.
 *
 * @param inputs numbers in an observation
 * @param hidden width of each hidden layer; at least one
 * @param actions number of actions
 * @param quantiles values per action: 1 for the expected return, more for quantiles of it
 * @param dueling whether state value and advantages have separate streams
 */
public record NetworkShape(
    int inputs, List<Integer> hidden, int actions, int quantiles, boolean dueling) {

  /**
   * @throws IllegalArgumentException if a size is not positive, or there is no hidden layer
   */
  public NetworkShape {
    hidden = List.copyOf(hidden);
    boolean positive = inputs > 0 && actions > 0 && quantiles > 0;
    if (!positive || hidden.isEmpty() || hidden.stream().anyMatch(w -> w < 1)) {
      throw new IllegalArgumentException(
          "network %d-%s-%dx%d is not possible: every size must be at least 1"
              .formatted(inputs, hidden, actions, quantiles));
    }
  }

  /** Numbers that the network answers for one observation: quantiles of each action in turn. */
  public int outputs() {
    return actions * quantiles;
  }

  /** The layers in the order in which their parameters lie in the flat buffer. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    int offset = 0;
    int width = inputs;
    for (int i = 0; i < hidden.size(); i++) {
      boolean split = dueling && i == hidden.size() - 1;
      int next = split ? 2 * hidden.get(i) : hidden.get(i);
      layers.add(new Layer(width, next, offset));
      offset += (width + 1) * next;
      width = next;
    }
    if (dueling) {
      int half = width / 2;
      layers.add(new Layer(half, quantiles, offset));
      offset += (half + 1) * quantiles;
      layers.add(new Layer(half, outputs(), offset));
    } else {
      layers.add(new Layer(width, outputs(), offset));
    }
    return layers;
  }

  /** Length of the flat parameter buffer. */
  public int parameters() {
    List<Layer> layers = layers();
    Layer last = layers.get(layers.size() - 1);
    return last.bias() + last.outputs();
  }

  /**
   * Where one layer lies in the flat buffer: its weights, one row per input, then its biases.
   *
   * @param inputs rows of the weight matrix
   * @param outputs its columns
   * @param weights offset of the first weight
   */
  public record Layer(int inputs, int outputs, int weights) {
    /** Offset of the first bias. */
    public int bias() {
      return weights + inputs * outputs;
    }
  }
}
