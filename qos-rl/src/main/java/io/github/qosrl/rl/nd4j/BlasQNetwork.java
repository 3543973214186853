package io.github.qosrl.rl.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The Q-network whose matrix products run in the BLAS that ND4J brings, on ND4J's arrays. */
final class BlasQNetwork implements QNetwork {
  private final NetworkShape shape;
  private final List<NativeArray> owned = new ArrayList<>();
  private final Parameters parameters;
  private final NativeArray gradient;
  private final NativeArray input;
  private final Dense[] hidden;
  private final NativeArray[] hiddenGradients;
  private final Rectifier rectifier;

  /** Value and advantages when dueling, otherwise the one output layer. */
  private final Dense[] heads;

  private final NativeArray[] headGradients;
  private final float[][] headValues;
  private final float[] joined;
  private final RowForward rowForward;

  private BlasQNetwork(NetworkShape shape, int maxRows) {
    this.shape = shape;
    List<NetworkShape.Layer> layers = shape.layers();
    parameters = new Parameters(shape.parameters());
    gradient = own(shape.parameters());
    NativeArray ones = own(maxRows);
    float[] one = new float[maxRows];
    Arrays.fill(one, 1f);
    ones.put(0, one, maxRows);
    input = own(maxRows * shape.inputs());
    hidden = new Dense[shape.hidden().size()];
    hiddenGradients = new NativeArray[hidden.length];
    NativeArray x = input;
    int widest = 1;
    for (int i = 0; i < hidden.length; i++) {
      NetworkShape.Layer layer = layers.get(i);
      NativeArray y = own(maxRows * layer.outputs());
      hidden[i] = new Dense(layer, parameters.array(), gradient, ones, x, 0, layer.inputs(), y);
      hiddenGradients[i] = own(maxRows * layer.outputs());
      widest = Math.max(widest, layer.outputs());
      x = y;
    }
    rectifier = new Rectifier(widest);
    heads = new Dense[shape.dueling() ? 2 : 1];
    headGradients = new NativeArray[heads.length];
    headValues = new float[heads.length][];
    int width = layers.get(hidden.length - 1).outputs();
    for (int i = 0; i < heads.length; i++) {
      NetworkShape.Layer layer = layers.get(hidden.length + i);
      int size = maxRows * layer.outputs();
      int column = i * layer.inputs();
      heads[i] = new Dense(layer, parameters.array(), gradient, ones, x, column, width, own(size));
      headGradients[i] = own(size);
      headValues[i] = new float[size];
    }
    joined = new float[shape.dueling() ? maxRows * shape.outputs() : 0];
    rowForward = new RowForward(shape);
  }

  static QNetwork create(NetworkShape shape, int maxRows) {
    Backend.start();
    return new BlasQNetwork(shape, maxRows);
  }

  private NativeArray own(int length) {
    NativeArray array = new NativeArray(length);
    owned.add(array);
    return array;
  }

  @Override
  public NetworkShape shape() {
    return shape;
  }

  @Override
  public float[] parameters() {
    return parameters.values();
  }

  @Override
  public void parametersChanged() {
    parameters.changed();
  }

  @Override
  public float[] gradient() {
    float[] copy = new float[gradient.length()];
    gradient.get(0, copy, copy.length);
    return copy;
  }

  @Override
  public double gradientNorm() {
    return Math.sqrt(Backend.squaredNorm(gradient.length(), gradient.pointer));
  }

  @Override
  public void descend(Descent descent) {
    parameters.descend(gradient, descent);
  }

  @Override
  public void approach(QNetwork other, float tau) {
    parameters.approach(((BlasQNetwork) other).parameters, tau);
  }

  @Override
  public float[] forward(float[] observations, int first, int rows) {
    input.take(observations, first * shape.inputs(), rows * shape.inputs());
    for (Dense layer : hidden) {
      layer.multiply(rows);
      int bias = layer.layer().bias();
      rectifier.forward(layer.output(), rows, layer.outputs(), parameters.array(), bias);
    }
    for (int i = 0; i < heads.length; i++) {
      heads[i].multiply(rows);
      heads[i].addBias(rows);
      heads[i].output().get(0, headValues[i], rows * heads[i].outputs());
    }
    if (!shape.dueling()) {
      return headValues[0];
    }
    Heads.join(headValues[0], headValues[1], joined, rows, shape.actions(), shape.quantiles());
    return joined;
  }

  @Override
  public void backward(float[] outputGradient, int rows) {
    backwardThroughHeads(outputGradient, rows);
    for (int i = hidden.length - 1; i >= 0; i--) {
      int total = rows * hidden[i].outputs();
      rectifier.backward(hidden[i].output(), hiddenGradients[i], total);
      hidden[i].backward(rows, hiddenGradients[i]);
      if (i > 0) {
        hidden[i].backwardToInput(rows, hiddenGradients[i], hiddenGradients[i - 1].pointer);
      }
    }
  }

  private void backwardThroughHeads(float[] outputGradient, int rows) {
    if (shape.dueling()) {
      int quantiles = shape.quantiles();
      Heads.split(outputGradient, headValues[0], headValues[1], rows, shape.actions(), quantiles);
    }
    int last = hidden.length - 1;
    for (int i = 0; i < heads.length; i++) {
      float[] d = shape.dueling() ? headValues[i] : outputGradient;
      headGradients[i].put(0, d, rows * heads[i].outputs());
      heads[i].backward(rows, headGradients[i]);
      int column = i * heads[i].layer().inputs();
      heads[i].backwardToInput(rows, headGradients[i], hiddenGradients[last].from(column));
    }
  }

  @Override
  public void evaluate(float[] observation, float[] values) {
    rowForward.evaluate(parameters.values(), observation, values);
  }

  @Override
  public void close() {
    parameters.close();
    owned.forEach(NativeArray::close);
  }
}
