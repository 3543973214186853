package io.github.qosrl.core.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a Q-network: fully connected layers with ReLU between them, and a head.
 *
 * <p>The head of a plain network is its last layer, of {@code actions × quantiles} outputs, action
 * by action. A dueling head (Wang et al. 2016, equation 9) is that layer, taken as the advantages,
 * and beside it a layer of {@code quantiles} outputs, taken as the state's value. With more than
 * one quantile the outputs are the return's quantiles (Dabney et al. 2018) and a Q-value is their
 * mean. Immutable and thread-safe.
 *
 * @param inputs number of features, 1 to {@value #MAX_WIDTH}
 * @param hidden widths of the hidden layers, each 1 to {@value #MAX_WIDTH}; at most {@value
 *     #MAX_HIDDEN} of them
 * @param actions number of actions, 1 to {@value #MAX_WIDTH}
 * @param dueling whether the head is a dueling one
 * @param quantiles quantiles of the return per action, 1 for a plain Q-value
 */
public record NetworkShape(
    int inputs, List<Integer> hidden, int actions, boolean dueling, int quantiles) {

  /** The widest layer. */
  public static final int MAX_WIDTH = 4096;

  /** The largest number of hidden layers. */
  public static final int MAX_HIDDEN = 16;

  /**
   * One parameter tensor.
   *
   * @param name its name in a policy file: {@code layers.0.weight}
   * @param dimensions {@code [outputs, inputs]} of a weight matrix, row-major; {@code [outputs]} of
   *     a bias
   */
  public record Tensor(String name, List<Integer> dimensions) {

    /** Copies the list. */
    public Tensor {
      dimensions = List.copyOf(dimensions);
    }

    /** The number of values. */
    public int size() {
      int size = 1;
      for (int dimension : dimensions) {
        size = Math.multiplyExact(size, dimension);
      }
      return size;
    }
  }

  /**
   * @throws IllegalArgumentException if a width or the number of layers is out of range
   */
  public NetworkShape {
    hidden = List.copyOf(hidden);
    if (hidden.size() > MAX_HIDDEN) {
      throw new IllegalArgumentException(
          hidden.size() + " hidden layers; accepted: at most " + MAX_HIDDEN);
    }
    width("inputs", inputs);
    for (int width : hidden) {
      width("a hidden layer's width", width);
    }
    width("actions", actions);
    width("quantiles", quantiles);
    width("actions × quantiles", Math.multiplyExact(actions, quantiles));
  }

  private static void width(String what, int value) {
    if (value < 1 || value > MAX_WIDTH) {
      throw new IllegalArgumentException(
          what + " = " + value + " is out of range: 1 to " + MAX_WIDTH);
    }
  }

  /** A plain network: one Q-value per action, no dueling head. */
  public static NetworkShape of(int inputs, List<Integer> hidden, int actions) {
    return new NetworkShape(inputs, hidden, actions, false, 1);
  }

  /** This shape with a dueling head, or without one. */
  public NetworkShape withDueling(boolean newDueling) {
    return new NetworkShape(inputs, hidden, actions, newDueling, quantiles);
  }

  /** This shape with another number of quantiles. */
  public NetworkShape withQuantiles(int newQuantiles) {
    return new NetworkShape(inputs, hidden, actions, dueling, newQuantiles);
  }

  /** Outputs of the last layer: {@code actions × quantiles}. */
  public int outputs() {
    return actions * quantiles;
  }

  /**
   * The parameter tensors in the order of a policy file: {@code layers.N.weight} and {@code
   * layers.N.bias} of each layer from the input on, the head's last layer among them, then {@code
   * value.weight} and {@code value.bias} of a dueling head.
   */
  public List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    int in = inputs;
    for (int layer = 0; layer <= hidden.size(); layer++) {
      int out = layer < hidden.size() ? hidden.get(layer) : outputs();
      add(tensors, "layers." + layer, in, out);
      in = layer < hidden.size() ? out : in;
    }
    if (dueling) {
      add(tensors, "value", in, quantiles);
    }
    return List.copyOf(tensors);
  }

  private static void add(List<Tensor> tensors, String layer, int in, int out) {
    tensors.add(new Tensor(layer + ".weight", List.of(out, in)));
    tensors.add(new Tensor(layer + ".bias", List.of(out)));
  }

  /** The number of parameters. */
  public int parameters() {
    return tensors().stream().mapToInt(Tensor::size).sum();
  }

  /** For example {@code 16-64-64-9}, {@code 16-64-64-9 dueling} or {@code 16-64-9x32}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(inputs);
    hidden.forEach(w -> text.append('-').append(w));
    text.append('-').append(actions);
    if (quantiles > 1) {
      text.append('x').append(quantiles);
    }
    return text.append(dueling ? " dueling" : "").toString();
  }
}
