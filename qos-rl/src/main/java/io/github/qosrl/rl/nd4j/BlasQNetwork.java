package io.github.qosrl.rl.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The Q-network whose matrix products run in the BLAS that ND4J brings, on ND4J's arrays. */
final class BlasQNetwork implements QNetwork {
  private final NetworkShape shape;
  private final List<Mirrored> owned = new ArrayList<>();
  private final Mirrored parameters;
  private final Mirrored gradient;
  private final Mirrored input;
  private final Dense[] hidden;
  private final Mirrored[] hiddenGradients;

  /** Value and advantages when dueling, otherwise the one output layer. */
  private final Dense[] heads;

  private final Mirrored[] headGradients;
  private final float[] joined;
  private final RowForward rowForward;

  private BlasQNetwork(NetworkShape shape, int maxRows) {
    this.shape = shape;
    List<NetworkShape.Layer> layers = shape.layers();
    parameters = own(shape.parameters());
    gradient = own(shape.parameters());
    Mirrored ones = own(maxRows);
    Arrays.fill(ones.values, 1f);
    ones.push(maxRows);
    input = own(maxRows * shape.inputs());
    hidden = new Dense[shape.hidden().size()];
    hiddenGradients = new Mirrored[hidden.length];
    Mirrored x = input;
    for (int i = 0; i < hidden.length; i++) {
      NetworkShape.Layer layer = layers.get(i);
      Mirrored y = own(maxRows * layer.outputs());
      hidden[i] = new Dense(layer, parameters, gradient, ones, x, 0, layer.inputs(), y);
      hiddenGradients[i] = own(maxRows * layer.outputs());
      x = y;
    }
    heads = new Dense[shape.dueling() ? 2 : 1];
    headGradients = new Mirrored[heads.length];
    int width = layers.get(hidden.length - 1).outputs();
    for (int i = 0; i < heads.length; i++) {
      NetworkShape.Layer layer = layers.get(hidden.length + i);
      Mirrored y = own(maxRows * layer.outputs());
      heads[i] = new Dense(layer, parameters, gradient, ones, x, i * layer.inputs(), width, y);
      headGradients[i] = own(maxRows * layer.outputs());
    }
    joined = new float[shape.dueling() ? maxRows * shape.outputs() : 0];
    rowForward = new RowForward(shape);
  }

  static QNetwork create(NetworkShape shape, int maxRows) {
    Backend.start();
    return new BlasQNetwork(shape, maxRows);
  }

  private Mirrored own(int length) {
    Mirrored array = new Mirrored(length);
    owned.add(array);
    return array;
  }

  @Override
  public NetworkShape shape() {
    return shape;
  }

  @Override
  public float[] parameters() {
    return parameters.values;
  }

  @Override
  public void parametersChanged() {
    parameters.push(parameters.values.length);
  }

  @Override
  public float[] gradient() {
    return gradient.values;
  }

  @Override
  public double gradientNorm() {
    return Math.sqrt(Backend.squaredNorm(gradient.values.length, gradient.pointer));
  }

  @Override
  public float[] forward(float[] observations, int first, int rows) {
    input.push(observations, first * shape.inputs(), rows * shape.inputs());
    for (Dense layer : hidden) {
      layer.forward(rows, true);
    }
    for (Dense head : heads) {
      head.forward(rows, false);
    }
    if (!shape.dueling()) {
      return heads[0].output().values;
    }
    Heads.join(
        heads[0].output().values,
        heads[1].output().values,
        joined,
        rows,
        shape.actions(),
        shape.quantiles());
    return joined;
  }

  @Override
  public void backward(float[] outputGradient, int rows) {
    if (shape.dueling()) {
      Heads.split(
          outputGradient,
          headGradients[0].values,
          headGradients[1].values,
          rows,
          shape.actions(),
          shape.quantiles());
    } else {
      System.arraycopy(outputGradient, 0, headGradients[0].values, 0, rows * shape.outputs());
    }
    int last = hidden.length - 1;
    for (int i = 0; i < heads.length; i++) {
      Mirrored d = headGradients[i];
      d.push(rows * heads[i].outputs());
      heads[i].backward(rows, d);
      int column = i * hidden[last].outputs() / heads.length;
      heads[i].backwardToInput(rows, d, hiddenGradients[last].from(column));
    }
    heads[0].throughRectifier(rows, hiddenGradients[last]);
    for (int i = last; i >= 0; i--) {
      hidden[i].backward(rows, hiddenGradients[i]);
      if (i > 0) {
        hidden[i].backwardToInput(rows, hiddenGradients[i], hiddenGradients[i - 1].pointer);
        hidden[i].throughRectifier(rows, hiddenGradients[i - 1]);
      }
    }
    gradient.pull(gradient.values.length);
  }

  @Override
  public void evaluate(float[] observation, float[] values) {
    rowForward.evaluate(parameters.values, observation, values);
  }

  @Override
  public void close() {
    owned.forEach(Mirrored::close);
  }
}
