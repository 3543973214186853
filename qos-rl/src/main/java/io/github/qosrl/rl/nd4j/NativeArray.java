package io.github.qosrl.rl.nd4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array in ND4J's memory, where BLAS multiplies it. Plain loops work on pieces of it that are
 * copied to a {@code float[]} small enough for the processor's first cache, and back: a whole copy
 * would drive other arrays out of the second one.
 */
final class NativeArray implements AutoCloseable {
  private final INDArray array;
  private final FloatBuffer view;
  private final int length;

  /** Where BLAS finds it. */
  final FloatPointer pointer;

  /** Zeros. */
  NativeArray(int length) {
    this.length = length;
    array = Backend.zeros(length);
    pointer = Backend.pointer(array);
    view = pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  int length() {
    return length;
  }

  /** The array from an element on. */
  FloatPointer from(int offset) {
    return pointer.getPointer(offset);
  }

  /** Copies a piece of this array to the start of another. */
  void get(int offset, float[] to, int count) {
    view.get(offset, to, 0, count);
  }

  /** Copies the start of another array over a piece of this one. */
  void put(int offset, float[] from, int count) {
    view.put(offset, from, 0, count);
  }

  /** Copies a piece of another array to the start of this one. */
  void take(float[] from, int first, int count) {
    view.put(0, from, first, count);
  }

  @Override
  public void close() {
    if (!array.wasClosed()) {
      array.close();
    }
  }
}
