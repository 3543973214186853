package io.github.qosrl.rl.nd4j;

import java.util.List;

/**
 * The network's values for a single observation, in plain loops. Each input adds its row of
 * weights, a form that the compiler turns into vector instructions.
 */
final class RowForward {
  private final NetworkShape shape;
  private final NetworkShape.Layer[] layers;
  private final float[][] activations;

  RowForward(NetworkShape shape) {
    this.shape = shape;
    List<NetworkShape.Layer> all = shape.layers();
    layers = all.toArray(NetworkShape.Layer[]::new);
    activations = new float[layers.length][];
    for (int i = 0; i < layers.length; i++) {
      activations[i] = new float[layers[i].outputs()];
    }
  }

  void evaluate(float[] parameters, float[] observation, float[] values) {
    float[] x = observation;
    int hidden = shape.hidden().size();
    for (int i = 0; i < hidden; i++) {
      multiply(parameters, layers[i], x, 0, activations[i]);
      x = activations[i];
      for (int j = 0; j < x.length; j++) {
        x[j] = Math.max(x[j], 0f);
      }
    }
    if (!shape.dueling()) {
      multiply(parameters, layers[hidden], x, 0, values);
      return;
    }
    float[] value = activations[hidden];
    float[] advantage = activations[hidden + 1];
    multiply(parameters, layers[hidden], x, 0, value);
    multiply(parameters, layers[hidden + 1], x, layers[hidden].inputs(), advantage);
    Heads.join(value, advantage, values, 1, shape.actions(), shape.quantiles());
  }

  /** {@code y = x·W + b}, with {@code x} from an element on. */
  private static void multiply(
      float[] p, NetworkShape.Layer layer, float[] x, int from, float[] y) {
    int width = layer.outputs();
    System.arraycopy(p, layer.bias(), y, 0, width);
    int row = layer.weights();
    int i = 0;
    for (; i + 4 <= layer.inputs(); i += 4, row += 4 * width) {
      int at = from + i;
      addFourRows(p, row, width, x[at], x[at + 1], x[at + 2], x[at + 3], y);
    }
    for (; i < layer.inputs(); i++, row += width) {
      addRow(p, row, width, x[from + i], y);
    }
  }

  /** Four at a time, so that each output is loaded and stored a quarter as often. */
  private static void addFourRows(
      float[] p, int row, int width, float a, float b, float c, float d, float[] y) {
    int second = row + width;
    int third = second + width;
    int fourth = third + width;
    for (int j = 0; j < width; j++) {
      y[j] += a * p[row + j] + b * p[second + j] + c * p[third + j] + d * p[fourth + j];
    }
  }

  private static void addRow(float[] p, int row, int width, float a, float[] y) {
    for (int j = 0; j < width; j++) {
      y[j] += a * p[row + j];
    }
  }
}
