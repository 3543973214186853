package io.github.qosrl.rl.nd4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array twice: in ND4J's memory, where BLAS multiplies it, and as {@code float[]}, where plain
 * loops work on it. Bulk copies lead from one to the other.
 */
final class Mirrored implements AutoCloseable {
  private final INDArray array;
  private final FloatBuffer nativeView;

  /** The native side. */
  final FloatPointer pointer;

  /** The Java side. */
  final float[] values;

  Mirrored(int length) {
    array = Backend.zeros(length);
    pointer = Backend.pointer(array);
    nativeView = pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    values = new float[length];
  }

  /** The native side from an element on. */
  FloatPointer from(int offset) {
    return pointer.getPointer(offset);
  }

  /** Copies the first elements from the Java to the native side. */
  void push(int length) {
    nativeView.put(0, values, 0, length);
  }

  /** Copies a range of a caller's array to the start of the native side. */
  void push(float[] source, int offset, int length) {
    nativeView.put(0, source, offset, length);
  }

  /** Copies the first elements from the native to the Java side. */
  void pull(int length) {
    nativeView.get(0, values, 0, length);
  }

  @Override
  public void close() {
    if (!array.wasClosed()) {
      array.close();
    }
  }
}
