package io.github.qosrl.core.policy;

import io.github.qosrl.core.policy.NetworkShape.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Q-network that decides, in plain Java: features in, Q-values out. It does not learn.
 *
 * <p>Weights are immutable; the scratch space of a decision is not, so an instance belongs to one
 * thread: {@link #copy} gives another thread one of its own over the same weights. A decision
 * allocates nothing. The matrices are kept input-major, so that the inner loop runs over outputs
 * that are independent of one another: HotSpot vectorises it without having to reorder a
 * floating-point sum. Each input's weights are an array of their own: with one array and an offset,
 * HotSpot could not rule out that a sum overlaps the weights, and would not vectorise.
 */
public final class MlpPolicy {
  private final NetworkShape shape;
  private final Layer[] layers;
  private final Layer[] valueHead;
  private final float[][] scratch;
  private final float[] value;

  /**
   * A layer.
   *
   * @param rows the weights from each input to all outputs
   */
  @SuppressWarnings("ArrayRecordComponent") // internal, and never compared
  private record Layer(int outputs, float[][] rows, float[] bias) {}

  private MlpPolicy(NetworkShape shape, Layer[] layers, Layer[] valueHead) {
    this.shape = shape;
    this.layers = layers;
    this.valueHead = valueHead;
    this.scratch = new float[layers.length][];
    for (int i = 0; i < layers.length; i++) {
      scratch[i] = new float[layers[i].outputs()];
    }
    this.value = new float[shape.quantiles()];
  }

  /**
   * A network with the given parameters.
   *
   * @param parameters values by name, exactly those of {@link NetworkShape#tensors()}; a weight
   *     matrix is row-major {@code [outputs, inputs]}. Copied.
   * @throws IllegalArgumentException if a tensor is missing, unknown, of another size, or holds a
   *     value that is not finite
   */
  public static MlpPolicy of(NetworkShape shape, Map<String, float[]> parameters) {
    List<Tensor> tensors = shape.tensors();
    requireKnown(parameters.keySet(), tensors, shape);
    Layer[] layers = new Layer[shape.hidden().size() + 1];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = layer(tensors.get(2 * i), tensors.get(2 * i + 1), parameters);
    }
    int head = 2 * layers.length;
    Layer[] valueHead =
        shape.dueling()
            ? new Layer[] {layer(tensors.get(head), tensors.get(head + 1), parameters)}
            : new Layer[0];
    return new MlpPolicy(shape, layers, valueHead);
  }

  private static void requireKnown(Set<String> names, List<Tensor> tensors, NetworkShape shape) {
    Set<String> unknown = new LinkedHashSet<>(names);
    for (Tensor tensor : tensors) {
      unknown.remove(tensor.name());
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "tensor '%s' does not belong to a %s network"
              .formatted(unknown.iterator().next(), shape));
    }
  }

  private static Layer layer(Tensor weight, Tensor bias, Map<String, float[]> parameters) {
    int outputs = weight.dimensions().get(0);
    float[][] rows = new float[weight.dimensions().get(1)][outputs];
    float[] matrix = values(weight, parameters);
    for (int i = 0; i < matrix.length; i++) {
      rows[i % rows.length][i / rows.length] = matrix[i];
    }
    return new Layer(outputs, rows, values(bias, parameters));
  }

  private static float[] values(Tensor tensor, Map<String, float[]> parameters) {
    float[] values = parameters.get(tensor.name());
    if (values == null) {
      throw new IllegalArgumentException("tensor '" + tensor.name() + "' is missing");
    }
    if (values.length != tensor.size()) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d values; its shape %s needs %d"
              .formatted(tensor.name(), values.length, tensor.dimensions(), tensor.size()));
    }
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw new IllegalArgumentException("tensor '" + tensor.name() + "' holds " + v);
      }
    }
    return values.clone();
  }

  /** The network's shape. */
  public NetworkShape shape() {
    return shape;
  }

  /** A copy of the parameters, by name, in the order and layout of {@link NetworkShape#tensors}. */
  public Map<String, float[]> parameters() {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (int i = 0; i < layers.length; i++) {
      put(parameters, "layers." + i, layers[i]);
    }
    for (Layer layer : valueHead) {
      put(parameters, "value", layer);
    }
    return parameters;
  }

  private static void put(Map<String, float[]> parameters, String name, Layer layer) {
    int inputs = layer.rows().length;
    float[] matrix = new float[layer.outputs() * inputs];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = layer.rows()[i % inputs][i / inputs];
    }
    parameters.put(name + ".weight", matrix);
    parameters.put(name + ".bias", layer.bias().clone());
  }

  /** An equal network for another thread; it shares the weights. */
  public MlpPolicy copy() {
    return new MlpPolicy(shape, layers, valueHead);
  }

  /**
   * The action of the largest Q-value; the first of several.
   *
   * @param features {@code features[0 .. inputs - 1]} are read
   */
  public int decide(float[] features) {
    float[] outputs = forward(features);
    int best = 0;
    float largest = quality(outputs, 0);
    for (int action = 1; action < shape.actions(); action++) {
      float q = quality(outputs, action);
      if (q > largest) {
        largest = q;
        best = action;
      }
    }
    return best;
  }

  /**
   * The Q-values of all actions.
   *
   * @param features {@code features[0 .. inputs - 1]} are read
   * @param q receives them in {@code q[0 .. actions - 1]}
   */
  public void values(float[] features, float[] q) {
    float[] outputs = forward(features);
    for (int action = 0; action < shape.actions(); action++) {
      q[action] = quality(outputs, action);
    }
  }

  /**
   * The quantiles of the return of all actions, action by action; of a network without quantiles,
   * the Q-values. Their spread tells how sure the network is.
   *
   * @param quantiles receives them in {@code quantiles[0 .. actions × quantiles - 1]}
   */
  public void quantiles(float[] features, float[] quantiles) {
    System.arraycopy(forward(features), 0, quantiles, 0, shape.outputs());
  }

  private float quality(float[] outputs, int action) {
    int n = shape.quantiles();
    if (n == 1) {
      return outputs[action];
    }
    float sum = 0;
    for (int i = action * n; i < (action + 1) * n; i++) {
      sum += outputs[i];
    }
    return sum / n;
  }

  private float[] forward(float[] features) {
    float[] x = features;
    int last = layers.length - 1;
    for (int i = 0; i < last; i++) {
      affine(layers[i], x, scratch[i]);
      rectify(scratch[i]);
      x = scratch[i];
    }
    float[] outputs = scratch[last];
    affine(layers[last], x, outputs);
    for (Layer head : valueHead) {
      affine(head, x, value);
      combine(outputs);
    }
    return outputs;
  }

  /** Q(s,a) = V(s) + A(s,a) − mean of A(s,·): Wang et al. 2016, equation 9. */
  private void combine(float[] outputs) {
    int n = shape.quantiles();
    for (int k = 0; k < n; k++) {
      float sum = 0;
      for (int i = k; i < outputs.length; i += n) {
        sum += outputs[i];
      }
      float shift = value[k] - sum / shape.actions();
      for (int i = k; i < outputs.length; i += n) {
        outputs[i] += shift;
      }
    }
  }

  /** Four inputs at a time, so that each output is loaded and stored a quarter as often. */
  private static void affine(Layer layer, float[] x, float[] y) {
    float[][] w = layer.rows();
    int n = layer.outputs();
    System.arraycopy(layer.bias(), 0, y, 0, n);
    int i = 0;
    for (; i + 4 <= w.length; i += 4) {
      addFour(w[i], w[i + 1], w[i + 2], w[i + 3], x[i], x[i + 1], x[i + 2], x[i + 3], y, n);
    }
    for (; i < w.length; i++) {
      addOne(w[i], x[i], y, n);
    }
  }

  private static void addFour(
      float[] u,
      float[] v,
      float[] w,
      float[] z,
      float a,
      float b,
      float c,
      float d,
      float[] y,
      int n) {
    for (int o = 0; o < n; o++) {
      y[o] += a * u[o] + b * v[o] + c * w[o] + d * z[o];
    }
  }

  private static void addOne(float[] w, float a, float[] y, int n) {
    for (int o = 0; o < n; o++) {
      y[o] += a * w[o];
    }
  }

  private static void rectify(float[] y) {
    for (int o = 0; o < y.length; o++) {
      y[o] = Math.max(0, y[o]);
    }
  }
}
