package io.github.qosrl.rl;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays of numbers in a checkpoint: length, then the numbers, big-endian. */
final class Floats {
  private Floats() {}

  static void write(float[] values, DataOutput out) throws IOException {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes);
  }

  /**
   * Fills an array.
   *
   * @throws IOException if another length was saved
   */
  static void read(float[] values, DataInput in) throws IOException {
    int length = in.readInt();
    if (length != values.length) {
      throw new IOException(
          "it holds an array of %d numbers where %d belong".formatted(length, values.length));
    }
    byte[] bytes = new byte[length * Float.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
  }
}
