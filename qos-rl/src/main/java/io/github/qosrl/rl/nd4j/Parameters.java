package io.github.qosrl.rl.nd4j;

/**
 * The flat parameters of a network in ND4J's memory, and a copy as {@code float[]} that is brought
 * up to date only when somebody asks for it.
 */
final class Parameters implements AutoCloseable {
  private final NativeArray array;
  private final float[] copy;
  private boolean stale;
  private final float[] theta = new float[QNetwork.BLOCK];
  private final float[] slope = new float[QNetwork.BLOCK];

  Parameters(int length) {
    array = new NativeArray(length);
    copy = new float[length];
  }

  NativeArray array() {
    return array;
  }

  /** The copy, up to date. */
  float[] values() {
    if (stale) {
      array.get(0, copy, copy.length);
      stale = false;
    }
    return copy;
  }

  /** The copy was written to. */
  void changed() {
    array.put(0, copy, copy.length);
    stale = false;
  }

  /** Changes the parameters, block by block. */
  void descend(NativeArray gradient, QNetwork.Descent descent) {
    int block = 0;
    for (int offset = 0; offset < copy.length; offset += QNetwork.BLOCK) {
      int count = Math.min(QNetwork.BLOCK, copy.length - offset);
      array.get(offset, theta, count);
      gradient.get(offset, slope, count);
      descent.step(block++, theta, slope, count);
      array.put(offset, theta, count);
    }
    stale = true;
  }

  /** {@code this ← τ·other + (1 − τ)·this}. */
  void approach(Parameters other, float tau) {
    Backend.mix(copy.length, tau, other.array.pointer, array.pointer);
    stale = true;
  }

  @Override
  public void close() {
    array.close();
  }
}
