package io.github.qosrl.probes.internal;

import io.github.qosrl.probes.EchoOptions;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * The bookkeeping of the packets sent to one target: which are on their way, and what became of the
 * others. {@link EchoOptions} says when one counts as lost. Times are nanoseconds of one monotonic
 * clock.
 *
 * <p>Not thread-safe. Memory is bounded whatever is fed: at most {@value #MAX_PENDING} packets on
 * their way, the last {@value #MAX_LOST} losses, and the newest {@value #MAX_SAMPLES} samples of a
 * window.
 */
final class EchoTracker {
  static final int MAX_PENDING = 4096;
  static final int MAX_LOST = 4096;
  static final int MAX_SAMPLES = 16_384;

  /** A sequence number that jumps further than this comes from a process that started anew. */
  private static final long MAX_JUMP = 2000;

  private static final double NANO = 1e-9;

  /** What a reply was. */
  enum Reply {
    /** The first answer to a packet. */
    NEW,
    /** A further answer to a packet that was answered before. */
    DUPLICATE
  }

  private static final class Pending {
    final long seq;
    final long sentAt;
    int overtaken;

    Pending(long seq, long sentAt) {
      this.seq = seq;
      this.sentAt = sentAt;
    }
  }

  private final long deadline;
  private final long slack;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final LinkedHashSet<Long> lost = new LinkedHashSet<>();
  private final SampleRing samples = new SampleRing(MAX_SAMPLES);
  private long highest = Long.MIN_VALUE;
  private long highestAt = Long.MIN_VALUE;
  private long lastReplyAt = Long.MIN_VALUE;
  private double lastRtt = Double.NaN;
  private double jitter;
  private boolean jitterKnown;
  private int sentCount;
  private int receivedCount;
  private int answeredCount;
  private int lostCount;

  /**
   * @param deadline nanoseconds after which a packet counts as lost
   * @param interval nanoseconds between two packets
   */
  EchoTracker(long deadline, long interval) {
    this.deadline = deadline;
    this.slack = interval + 1_000_000_000L;
  }

  /** Forgets what is on its way, since who sent it is gone: those packets are neither. */
  void restart(long now) {
    pending.clear();
    lost.clear();
    highest = Long.MIN_VALUE;
    highestAt = now;
  }

  /** Learns that all packets up to this one are sent, this one at the given time. */
  void sent(long seq, long at) {
    if (highest != Long.MIN_VALUE && Math.abs(seq - highest) > MAX_JUMP) {
      restart(at);
    }
    long first = highest == Long.MIN_VALUE ? seq : highest + 1;
    for (long s = first; s <= seq; s++) {
      if (pending.size() == MAX_PENDING) {
        lose(pending.removeFirst());
      }
      pending.addLast(new Pending(s, at));
      sentCount++;
    }
    if (seq > highest) {
      highest = seq;
      highestAt = at;
    }
  }

  /**
   * Takes in an answer.
   *
   * @param rtt nanoseconds; negative if unknown. A time longer than the packet can have been on its
   *     way comes from a clock that jumped, and counts as unknown.
   * @return what it was; the round-trip time is {@link #acceptedRtt}
   */
  Reply replied(long seq, long receivedAt, long rtt) {
    long notBefore = sentNotBefore(seq);
    boolean plausible =
        rtt >= 0 && (notBefore == Long.MIN_VALUE || rtt <= receivedAt - notBefore + slack);
    sent(seq, plausible ? receivedAt - rtt : receivedAt);
    boolean answersPending = removePending(seq);
    if (!answersPending && !lost.remove(seq)) {
      return Reply.DUPLICATE;
    }
    if (answersPending) {
      answeredCount++;
      overtake(seq);
    }
    receivedCount++;
    lastReplyAt = Math.max(lastReplyAt, receivedAt);
    acceptedRtt = plausible ? rtt : -1;
    if (plausible) {
      sample(rtt * NANO);
    }
    return Reply.NEW;
  }

  private long acceptedRtt = -1;

  /** The round-trip time of the last answer in nanoseconds; negative if unknown. */
  long acceptedRtt() {
    return acceptedRtt;
  }

  /** The network says that a packet could not be delivered. */
  void refused(long seq, long at) {
    sent(seq, at);
    Iterator<Pending> all = pending.iterator();
    while (all.hasNext()) {
      Pending p = all.next();
      if (p.seq == seq) {
        all.remove();
        lose(p);
        return;
      }
    }
  }

  /** Counts what is overdue as lost. */
  void expire(long now) {
    while (!pending.isEmpty() && now - pending.getFirst().sentAt >= deadline) {
      lose(pending.removeFirst());
    }
  }

  /** The highest sequence number known to be sent; {@code Long.MIN_VALUE} before the first. */
  long highest() {
    return highest;
  }

  private long sentNotBefore(long seq) {
    if (highest == Long.MIN_VALUE || seq > highest) {
      return highestAt;
    }
    for (Pending p : pending) {
      if (p.seq == seq) {
        return p.sentAt;
      }
    }
    return Long.MIN_VALUE;
  }

  private boolean removePending(long seq) {
    Iterator<Pending> all = pending.iterator();
    while (all.hasNext()) {
      if (all.next().seq == seq) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  private void overtake(long seq) {
    Iterator<Pending> all = pending.iterator();
    while (all.hasNext()) {
      Pending p = all.next();
      if (p.seq >= seq) {
        return;
      }
      if (++p.overtaken >= EchoOptions.REORDERING) {
        all.remove();
        lose(p);
      }
    }
  }

  private void lose(Pending p) {
    lostCount++;
    lost.add(p.seq);
    if (lost.size() > MAX_LOST) {
      Iterator<Long> oldest = lost.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private void sample(double rtt) {
    if (!Double.isNaN(lastRtt)) {
      // RFC 3550, section 6.4.1: J(i) = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16.
      jitter += (Math.abs(rtt - lastRtt) - jitter) / 16;
      jitterKnown = true;
    }
    lastRtt = rtt;
    samples.add(rtt);
  }

  /** The window's numbers; starts the next window. */
  EchoWindow take() {
    EchoWindow window =
        new EchoWindow(
            sentCount,
            receivedCount,
            answeredCount,
            lostCount,
            samples.take(),
            jitterKnown ? jitter : Double.NaN,
            lastReplyAt);
    sentCount = 0;
    receivedCount = 0;
    answeredCount = 0;
    lostCount = 0;
    return window;
  }
}
