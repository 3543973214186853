package io.github.qosrl.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Small packets that are sent at a fixed interval, go up, come back down, and wait in every queue
 * on the way as long as their place in it says.
 */
final class ProbeTrain {
  /** Linux keeps a reply that late for nobody: later, it counts as lost. */
  static final double TIMEOUT_SECONDS = 10;

  private final double interval;
  private final int targets;
  private final double loss;
  private final double stepSeconds;
  private final OneWay up;
  private final OneWay down;
  private final SplittableRandom random;

  private final Stage[] stages;
  private final Line done = new Line();

  /** Until then nothing moves: no probe is sent, and none arrives at a queue. */
  private double quietUntil;

  private double nextSend;
  private int nextTarget;
  private int sent;
  private int lost;

  /**
   * @param targets how many targets take turns
   * @param behindShaper whether they are sent by a host behind our shaper; those of a controller
   *     come back to the router, before the shaper of the download
   * @param apart whether the bottlenecks serve them before all else
   */
  ProbeTrain(
      double interval,
      double baseDelay,
      int targets,
      double loss,
      double stepSeconds,
      OneWay up,
      OneWay down,
      boolean behindShaper,
      boolean apart,
      SplittableRandom random) {
    this.interval = interval;
    this.targets = targets;
    this.loss = loss;
    this.stepSeconds = stepSeconds;
    this.up = up;
    this.down = down;
    this.random = random;
    List<Stage> way = new ArrayList<>();
    for (FifoQueue queue : up.orderedStages()) {
      way.add(new Stage(queue, up, apart));
    }
    int core = way.size();
    for (FifoQueue queue : down.orderedStages()) {
      if (behindShaper || queue == down.bottleneck()) {
        way.add(new Stage(queue, down, apart));
      }
    }
    way.get(core).delayBefore = baseDelay;
    stages = way.toArray(new Stage[0]);
    nextSend = random.nextDouble() * interval;
  }

  /** Lets the step that starts at {@code time} pass. */
  void step(double time) {
    double end = time + stepSeconds;
    if (quietUntil >= end) {
      return;
    }
    while (nextSend < end) {
      send();
    }
    for (int i = 0; i < stages.length; i++) {
      stages[i].step(time, end, i + 1 < stages.length ? stages[i + 1] : null);
    }
    quietUntil = nextEvent();
  }

  private void send() {
    sent++;
    Packet packet = new Packet(nextSend, nextTarget);
    nextTarget = (nextTarget + 1) % targets;
    packet.at = nextSend + sparseWait(up);
    nextSend += interval;
    if (random.nextDouble() >= (1 - loss) * (1 - loss)) {
      lost++;
    } else {
      stages[0].coming.add(packet);
    }
  }

  private double nextEvent() {
    double next = nextSend;
    for (Stage stage : stages) {
      if (stage.waiting.first != null) {
        return 0;
      }
      if (stage.coming.first != null) {
        next = Amount.least(next, stage.coming.first.at);
      }
    }
    return next;
  }

  /**
   * What a sparse flow waits in a fair shaper, and behind packets that are on the wire: a packet's
   * time at each, on average half of one.
   */
  private double sparseWait(OneWay way) {
    double wait = 0;
    if (way.budget() > 0) {
      wait += random.nextDouble() * TcpFlow.PACKET * stepSeconds / way.budget() * busy(way);
    }
    if (!(way.shaper() instanceof FifoQueue) && way.shaper().backlog() > 0) {
      wait += random.nextDouble() * TcpFlow.PACKET * stepSeconds / way.shapedBudget();
    }
    return wait;
  }

  private static double busy(OneWay way) {
    return Amount.least(1, way.bottleneck().servedInStep() / way.budget());
  }

  /** Probes sent since the last call. */
  int takeSent() {
    int n = sent;
    sent = 0;
    return n;
  }

  /** Probes known to be lost since the last call. */
  int takeLost() {
    int n = lost;
    lost = 0;
    return n;
  }

  /** The next reply that arrived by then; null if there is none. */
  @Nullable Packet takeReply(double time) {
    return done.first != null && done.first.at <= time ? done.poll() : null;
  }

  /** One probe on its way. */
  static final class Packet {
    final double sentAt;
    final int target;
    double at;
    double place;
    private @Nullable Packet next;

    Packet(double sentAt, int target) {
      this.sentAt = sentAt;
      this.target = target;
    }

    double rtt() {
      return at - sentAt;
    }
  }

  /** Packets in order. Each is in one line at a time, so it holds the one behind it itself. */
  private static final class Line {
    private @Nullable Packet first;
    private @Nullable Packet last;

    void add(Packet packet) {
      if (last == null) {
        first = packet;
      } else {
        last.next = packet;
      }
      last = packet;
    }

    Packet poll() {
      Packet packet = Objects.requireNonNull(first);
      first = packet.next;
      packet.next = null;
      if (first == null) {
        last = null;
      }
      return packet;
    }
  }

  /** One queue on the way. */
  private final class Stage {
    private final FifoQueue queue;
    private final OneWay way;
    private final Line coming = new Line();
    private final Line waiting = new Line();
    private final boolean servedFirst;
    private double delayBefore;

    Stage(FifoQueue queue, OneWay way, boolean apart) {
      this.queue = queue;
      this.way = way;
      servedFirst = apart && queue == way.bottleneck();
    }

    void arrive(Packet packet) {
      if (delayBefore > 0) {
        packet.at += delayBefore + sparseWait(way);
      }
      coming.add(packet);
    }

    void step(double time, double end, @Nullable Stage next) {
      if (servedFirst) {
        passBeforeAllElse(time, end, next);
        return;
      }
      while (coming.first != null && coming.first.at < end) {
        Packet packet = coming.poll();
        if (random.nextDouble() < queue.dropShare()) {
          lost++;
        } else {
          packet.place = queue.placeAt(Amount.most(0, (packet.at - time) / stepSeconds));
          waiting.add(packet);
        }
      }
      while (waiting.first != null && waiting.first.place <= queue.served() + 1e-6) {
        Packet packet = waiting.poll();
        packet.at = Amount.most(packet.at, time + queue.servedAfter(packet.place, stepSeconds));
        leave(packet, next);
      }
    }

    /** Where nothing passes at all, as in an outage, these have to wait, too. */
    private void passBeforeAllElse(double time, double end, @Nullable Stage next) {
      while (coming.first != null && coming.first.at < end && way.budget() > 0) {
        Packet packet = coming.poll();
        packet.at = Amount.most(packet.at, time);
        leave(packet, next);
      }
    }

    private void leave(Packet packet, @Nullable Stage next) {
      if (packet.rtt() > TIMEOUT_SECONDS) {
        lost++;
      } else if (next == null) {
        done.add(packet);
      } else {
        next.arrive(packet);
      }
    }
  }
}
