package io.github.qosrl.rl.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A ring of transitions in flat arrays. Demonstrations that were added before anything else are
 * never overwritten (Hester et al. 2018, section 4), unless they fill more than half of it.
 */
final class Transitions {
  private final int capacity;
  private final int width;

  /** Per transition: s, s′, reward, bootstrap. One block, so that a sample touches few pages. */
  private final float[] rows;

  private final int stride;
  private final int[] actions;
  private final boolean[] demonstrations;
  private int size;
  private int next;
  private int kept;

  Transitions(int capacity, int observationSize) {
    this.capacity = capacity;
    this.width = observationSize;
    this.stride = 2 * observationSize + 2;
    if ((long) capacity * stride > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "replay capacity %d is too large for observations of %d numbers; at most %d"
              .formatted(capacity, observationSize, (Integer.MAX_VALUE - 8) / stride));
    }
    rows = new float[capacity * stride];
    actions = new int[capacity];
    demonstrations = new boolean[capacity];
  }

  int size() {
    return size;
  }

  /** Stores one and returns its slot. */
  int add(
      float[] observation,
      int action,
      float reward,
      float[] nextObservation,
      float bootstrap,
      boolean demonstration) {
    int slot = next;
    int row = slot * stride;
    System.arraycopy(observation, 0, rows, row, width);
    System.arraycopy(nextObservation, 0, rows, row + width, width);
    rows[row + 2 * width] = reward;
    rows[row + 2 * width + 1] = bootstrap;
    actions[slot] = action;
    demonstrations[slot] = demonstration;
    if (demonstration && slot == kept && kept < capacity / 2) {
      kept++;
    }
    next = next + 1 == capacity ? kept : next + 1;
    size = Math.min(size + 1, capacity);
    return slot;
  }

  /** Copies the transition of a slot to place {@code i} of a batch. */
  void copy(int slot, Batch batch, int i) {
    int row = slot * stride;
    System.arraycopy(rows, row, batch.observations, i * width, width);
    System.arraycopy(rows, row + width, batch.observations, (batch.size + i) * width, width);
    batch.rewards[i] = rows[row + 2 * width];
    batch.bootstraps[i] = rows[row + 2 * width + 1];
    batch.actions[i] = actions[slot];
    batch.demonstrations[i] = demonstrations[slot];
    batch.slots[i] = slot;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(capacity);
    out.writeInt(width);
    out.writeInt(size);
    out.writeInt(next);
    out.writeInt(kept);
    for (int slot = 0; slot < size; slot++) {
      out.writeInt(actions[slot]);
      out.writeBoolean(demonstrations[slot]);
    }
    byte[] bytes = new byte[stride * Float.BYTES];
    for (int slot = 0; slot < size; slot++) {
      ByteBuffer.wrap(bytes).asFloatBuffer().put(rows, slot * stride, stride);
      out.write(bytes);
    }
  }

  void restore(DataInput in) throws IOException {
    int savedCapacity = in.readInt();
    int savedWidth = in.readInt();
    if (savedCapacity != capacity || savedWidth != width) {
      throw new IOException(
          "the saved replay holds %d transitions of %d numbers; this one holds %d of %d"
              .formatted(savedCapacity, savedWidth, capacity, width));
    }
    int savedSize = in.readInt();
    int savedNext = in.readInt();
    int savedKept = in.readInt();
    boolean sound =
        savedSize >= 0
            && savedSize <= capacity
            && savedNext >= savedKept
            && savedNext < capacity
            && savedKept >= 0;
    if (!sound) {
      throw new IOException("the saved replay is damaged");
    }
    size = savedSize;
    next = savedNext;
    kept = savedKept;
    for (int slot = 0; slot < size; slot++) {
      actions[slot] = in.readInt();
      demonstrations[slot] = in.readBoolean();
    }
    byte[] bytes = new byte[stride * Float.BYTES];
    for (int slot = 0; slot < size; slot++) {
      in.readFully(bytes);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(rows, slot * stride, stride);
    }
  }
}
