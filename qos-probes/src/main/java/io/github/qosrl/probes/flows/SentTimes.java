package io.github.qosrl.probes.flows;

/**
 * When the bytes of a flow were sent: the last {@value #SIZE} packets of those that were noted, by
 * their sequence numbers. What lies between two of them is taken to have been sent in between.
 *
 * <p>Not every packet need be noted: those that follow one another more closely than a small part
 * of the time that an acknowledgement takes tell nothing more. Not thread-safe.
 */
final class SentTimes {
  private static final int SIZE = 64;

  /** The longest gap in which a time is guessed, in nanoseconds. */
  private static final long LONGEST_GAP = 2_000_000;

  private final int[] starts = new int[SIZE];
  private final int[] ends = new int[SIZE];
  private final long[] times = new long[SIZE];
  private int count;
  private int newest = -1;

  void clear() {
    count = 0;
    newest = -1;
  }

  /**
   * Notes a packet that goes beyond all before.
   *
   * @param apart how much later than the last it must have been sent to be worth noting
   */
  void add(int start, int end, long time, long apart) {
    if (count > 0 && time - times[newest] < apart && starts[newest] - start <= 0) {
      // The newest is kept up to date, so that the end of what was sent is always known.
      int before = (newest - 1 + SIZE) % SIZE;
      if (count > 1 && times[newest] - times[before] < apart) {
        put(newest, start, end, time);
        return;
      }
    }
    newest = (newest + 1) % SIZE;
    count = Math.min(SIZE, count + 1);
    put(newest, start, end, time);
  }

  private void put(int at, int start, int end, long time) {
    starts[at] = start;
    ends[at] = end;
    times[at] = time;
  }

  /**
   * When the byte before that sequence number was sent.
   *
   * @return -1 if it is not known
   */
  long sentAt(int end) {
    long later = -1;
    int laterStart = 0;
    for (int i = 0; i < count; i++) {
      int at = (newest - i + SIZE) % SIZE;
      if (end - ends[at] > 0) {
        return later < 0 ? -1 : between(at, end, later, laterStart);
      }
      if (end - starts[at] > 0) {
        return times[at];
      }
      later = times[at];
      laterStart = starts[at];
    }
    return -1;
  }

  private long between(int before, int end, long later, int laterStart) {
    long gap = later - times[before];
    double part = (end - ends[before]) / (double) Math.max(1, laterStart - ends[before]);
    return gap <= LONGEST_GAP ? times[before] + (long) (Math.min(1, part) * gap) : -1;
  }
}
