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
  private final NativeArray ones;
  private final FloatPointer inputColumns;
  private final int inputWidth;
  private final NativeArray output;

  /**
   * @param ones as many ones as rows
   * @param input the input matrix
   * @param inputColumn first column that this layer reads
   * @param inputWidth columns of the input matrix
   * @param output the output matrix, as wide as this layer
   */
  Dense(
      NetworkShape.Layer layer,
      NativeArray parameters,
      NativeArray gradient,
      NativeArray ones,
      NativeArray input,
      int inputColumn,
      int inputWidth,
      NativeArray output) {
    this.layer = layer;
    this.ones = ones;
    this.weights = parameters.from(layer.weights());
    this.bias = parameters.from(layer.bias());
    this.weightGradient = gradient.from(layer.weights());
    this.biasGradient = gradient.from(layer.bias());
    this.inputColumns = input.from(inputColumn);
    this.inputWidth = inputWidth;
    this.output = output;
  }

  NetworkShape.Layer layer() {
    return layer;
  }

  int outputs() {
    return layer.outputs();
  }

  NativeArray output() {
    return output;
  }

  /** {@code Y ← X·W} for the first rows: the bias is not in it yet. */
  void multiply(int rows) {
    int width = layer.outputs();
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
  }

  /** {@code Y ← Y + 1·bᵀ}. */
  void addBias(int rows) {
    Backend.addToRows(rows, layer.outputs(), ones.pointer, bias, output.pointer);
  }

  /** From the gradient of the output to those of weights and biases. */
  void backward(int rows, NativeArray outputGradient) {
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

  /** From the gradient of the output to that of the input's columns. */
  void backwardToInput(int rows, NativeArray outputGradient, FloatPointer inputGradientColumns) {
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
}
