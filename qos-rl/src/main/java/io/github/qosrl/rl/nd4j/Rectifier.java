package io.github.qosrl.rl.nd4j;

/**
 * What lies between two layers: bias and ReLU on the way forwards, and ReLU's derivative on the way
 * back. All loops run over arrays from their first element with one index, which is the form that
 * the compiler turns into vector instructions.
 */
final class Rectifier {
  /** Numbers in a block: three of them fit the first cache of any processor. */
  private static final int BLOCK = 2048;

  private final float[] y;
  private final float[] bias;
  private final float[] d;

  /**
   * @param widest columns of the widest layer
   */
  Rectifier(int widest) {
    int size = Math.max(BLOCK, widest);
    y = new float[size];
    bias = new float[size];
    d = new float[size];
  }

  /** {@code y ← max(y + bias, 0)} for each row. */
  void forward(NativeArray output, int rows, int width, NativeArray parameters, int biasOffset) {
    int rowsPerBlock = Math.max(1, Math.min(rows, BLOCK / width));
    parameters.get(biasOffset, bias, width);
    for (int r = 1; r < rowsPerBlock; r++) {
      System.arraycopy(bias, 0, bias, r * width, width);
    }
    int total = rows * width;
    int block = rowsPerBlock * width;
    for (int offset = 0; offset < total; offset += block) {
      int count = Math.min(block, total - offset);
      output.get(offset, y, count);
      addAndRectify(y, bias, count);
      output.put(offset, y, count);
    }
  }

  private static void addAndRectify(float[] y, float[] bias, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.max(y[i] + bias[i], 0f);
    }
  }

  /** Zeroes a gradient where the rectified value, of the first {@code total}, is zero. */
  void backward(NativeArray rectified, NativeArray gradient, int total) {
    for (int offset = 0; offset < total; offset += BLOCK) {
      int count = Math.min(BLOCK, total - offset);
      rectified.get(offset, y, count);
      gradient.get(offset, d, count);
      mask(d, y, count);
      gradient.put(offset, d, count);
    }
  }

  /**
   * {@code d ← d·[y > 0]} for y of at least 0. A comparison would be a branch that is mispredicted
   * half of the time, which costs forty times as much; the factor takes the smallest normal number
   * above 1.
   */
  private static void mask(float[] d, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      d[i] *= Math.min(y[i] * 0x1p127f, 1f);
    }
  }
}
