package io.github.qosrl.rl.nd4j;

import org.bytedeco.javacpp.FloatPointer;

/**
 * One fully connected layer {@code Y = X·W + b}, forwards and backwards. It reads some columns of a
 * matrix, so that two layers can share one input matrix side by side.
 */
final class Dense {
  private final NetworkShape.Layer layer;
  private final FloatPointer weights;
  private final FloatPointer bias;
  private final FloatPointer weightGradient;
  private final FloatPointer biasGradient;
  private final Mirrored ones;
  private final Mirrored input;
  private final FloatPointer inputColumns;
  private final int inputWidth;
  private final Mirrored output;

  /**
   * @param ones as many ones as rows
   * @param input the input matrix
   * @param inputColumn first column that this layer reads
   * @param inputWidth columns of the input matrix
   * @param output the output matrix, as wide as this layer
   */
  Dense(
      NetworkShape.Layer layer,
      Mirrored parameters,
      Mirrored gradient,
      Mirrored ones,
      Mirrored input,
      int inputColumn,
      int inputWidth,
      Mirrored output) {
    this.layer = layer;
    this.ones = ones;
    this.weights = parameters.from(layer.weights());
    this.bias = parameters.from(layer.bias());
    this.weightGradient = gradient.from(layer.weights());
    this.biasGradient = gradient.from(layer.bias());
    this.input = input;
    this.inputColumns = input.from(inputColumn);
    this.inputWidth = inputWidth;
    this.output = output;
  }

  int outputs() {
    return layer.outputs();
  }

  Mirrored output() {
    return output;
  }

  /** Output of the first rows, on the Java side; on the native side too if it is rectified. */
  void forward(int rows, boolean rectify) {
    int width = layer.outputs();
    int length = rows * width;
    Backend.multiply(
        rows,
        width,
        layer.inputs(),
        inputColumns,
        inputWidth,
        weights,
        width,
        output.pointer,
        width);
    Backend.addToRows(rows, width, ones.pointer, bias, output.pointer);
    output.pull(length);
    if (rectify) {
      rectify(output.values, length);
      output.push(length);
    }
  }

  private static void rectify(float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.max(y[i], 0f);
    }
  }

  /**
   * From the gradient of the output to those of weights and biases, on the native side.
   *
   * @param outputGradient both sides hold it
   */
  void backward(int rows, Mirrored outputGradient) {
    int width = layer.outputs();
    Backend.multiplyTransposedLeft(
        layer.inputs(),
        width,
        rows,
        inputColumns,
        inputWidth,
        outputGradient.pointer,
        width,
        weightGradient,
        width);
    Backend.sumRows(rows, width, outputGradient.pointer, ones.pointer, biasGradient);
  }

  /** From the gradient of the output to that of the input's columns, on the native side. */
  void backwardToInput(int rows, Mirrored outputGradient, FloatPointer inputGradientColumns) {
    int width = layer.outputs();
    Backend.multiplyTransposedRight(
        rows,
        layer.inputs(),
        width,
        outputGradient.pointer,
        width,
        weights,
        width,
        inputGradientColumns,
        inputWidth);
  }

  /** Zeroes a gradient where the rectified input is zero; both sides then hold it. */
  void throughRectifier(int rows, Mirrored inputGradient) {
    int length = rows * inputWidth;
    inputGradient.pull(length);
    mask(inputGradient.values, input.values, length);
    inputGradient.push(length);
  }

  /**
   * {@code d ← d·[x > 0]} for x of at least 0. A comparison would be a branch that is mispredicted
   * half of the time, which costs forty times as much; the factor takes the smallest normal number
   * above 1.
   */
  private static void mask(float[] d, float[] x, int length) {
    for (int i = 0; i < length; i++) {
      d[i] *= Math.min(x[i] * 0x1p127f, 1f);
    }
  }
}
