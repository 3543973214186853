package io.github.qosrl.rl;

import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.rl.nd4j.NetworkShape;
import io.github.qosrl.rl.nd4j.NetworkShape.Layer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the flat parameters of a learner into a policy's network.
 *
 * <p>Dueling streams end in linear layers, and {@code Q = V + A − mean(A)} is linear too, so both
 * fold into one ordinary output layer: the policy needs no second head, and answers the same values
 * but for rounding.
 */
final class NetworkExport {
  private NetworkExport() {}

  static MlpPolicy export(NetworkShape shape, float[] parameters) {
    List<Layer> layers = shape.layers();
    int hidden = shape.hidden().size();
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (int i = 0; i < hidden; i++) {
      Layer layer = layers.get(i);
      put(tensors, i, transposed(parameters, layer), bias(parameters, layer));
    }
    if (shape.dueling()) {
      fold(tensors, shape, parameters);
    } else {
      Layer layer = layers.get(hidden);
      put(tensors, hidden, transposed(parameters, layer), bias(parameters, layer));
    }
    return MlpPolicy.of(policyShape(shape), tensors);
  }

  /** The other way round, for a learner without dueling heads. */
  static void load(MlpPolicy network, NetworkShape shape, float[] parameters) {
    if (shape.dueling() || !network.shape().equals(policyShape(shape))) {
      throw new IllegalArgumentException(
          "a learner with the network %s%s cannot start from a policy with %s"
              .formatted(policyShape(shape), shape.dueling() ? " dueling" : "", network.shape()));
    }
    Map<String, float[]> tensors = network.parameters();
    int i = 0;
    for (Layer layer : shape.layers()) {
      float[] weight = tensors.getOrDefault("layers." + i + ".weight", new float[0]);
      float[] bias = tensors.getOrDefault("layers." + i + ".bias", new float[0]);
      for (int in = 0; in < layer.inputs(); in++) {
        for (int out = 0; out < layer.outputs(); out++) {
          parameters[layer.weights() + in * layer.outputs() + out] =
              weight[out * layer.inputs() + in];
        }
      }
      System.arraycopy(bias, 0, parameters, layer.bias(), layer.outputs());
      i++;
    }
  }

  /** The shape that the exported network has. */
  static io.github.qosrl.core.policy.NetworkShape policyShape(NetworkShape shape) {
    List<Integer> widths =
        shape.layers().stream().limit(shape.hidden().size()).map(Layer::outputs).toList();
    return io.github.qosrl.core.policy.NetworkShape.of(shape.inputs(), widths, shape.actions())
        .withQuantiles(shape.quantiles());
  }

  private static void put(Map<String, float[]> tensors, int layer, float[] weight, float[] bias) {
    tensors.put("layers." + layer + ".weight", weight);
    tensors.put("layers." + layer + ".bias", bias);
  }

  /** The weights, one row per output. */
  private static float[] transposed(float[] p, Layer layer) {
    float[] result = new float[layer.inputs() * layer.outputs()];
    for (int i = 0; i < layer.inputs(); i++) {
      for (int o = 0; o < layer.outputs(); o++) {
        result[o * layer.inputs() + i] = p[layer.weights() + i * layer.outputs() + o];
      }
    }
    return result;
  }

  private static float[] bias(float[] p, Layer layer) {
    return Arrays.copyOfRange(p, layer.bias(), layer.bias() + layer.outputs());
  }

  private static void fold(Map<String, float[]> tensors, NetworkShape shape, float[] p) {
    int hidden = shape.hidden().size();
    Layer value = shape.layers().get(hidden);
    Layer advantage = shape.layers().get(hidden + 1);
    int half = value.inputs();
    int outputs = shape.outputs();
    float[] weight = new float[outputs * 2 * half];
    float[] bias = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      int quantile = o % shape.quantiles();
      for (int i = 0; i < half; i++) {
        int row = advantage.weights() + i * outputs;
        weight[o * 2 * half + i] = p[value.weights() + i * shape.quantiles() + quantile];
        weight[o * 2 * half + half + i] = p[row + o] - mean(p, row, quantile, shape);
      }
      bias[o] =
          p[value.bias() + quantile]
              + p[advantage.bias() + o]
              - mean(p, advantage.bias(), quantile, shape);
    }
    put(tensors, hidden, weight, bias);
  }

  /** The mean over actions of one quantile in a row of advantages. */
  private static float mean(float[] p, int row, int quantile, NetworkShape shape) {
    float sum = 0f;
    for (int a = 0; a < shape.actions(); a++) {
      sum += p[row + a * shape.quantiles() + quantile];
    }
    return sum / shape.actions();
  }
}
