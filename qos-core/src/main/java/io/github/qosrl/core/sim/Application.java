package io.github.qosrl.core.sim;

/** What a traffic's application has handed to its transport and not yet seen sent. */
final class Application {
  private final Sender sender;
  private final double bytesPerSecond;
  private final double period;
  private final double on;
  private final double cycle;
  private double nextEdge;
  private double nextBurst;
  private boolean working;
  private double available;
  private double sent;
  private double resent;
  private double connectedAt = Double.POSITIVE_INFINITY;

  /**
   * @param start seconds at which it first works
   */
  Application(Traffic traffic, Sender sender, double start) {
    this.sender = sender;
    bytesPerSecond =
        traffic.rate().isPresent() ? traffic.rate().get().bytesPerSecond() : Double.MAX_VALUE;
    period = traffic.every().toNanos() / 1e9;
    on = traffic.on().toNanos() / 1e9;
    cycle = on + traffic.off().toNanos() / 1e9;
    nextEdge = start;
  }

  /** Whether its transport is datagrams, not TCP. */
  boolean datagrams() {
    return sender instanceof ConstantFlow;
  }

  /** Seconds at which its connection began; infinite before. */
  double connectedAt() {
    return connectedAt;
  }

  /** Bytes that it has sent so far, but for what a timer sent again. */
  double sent() {
    return sent;
  }

  /** Bytes that it had to send again so far. */
  double resent() {
    return resent;
  }

  /** Lets a step pass, and returns the bytes that are sent in it. */
  double step(int step, double time, double stepSeconds, double acked, double lost) {
    if (acked + lost > 0) {
      double again = sender.receive(acked, lost, time);
      available += again;
      resent += again;
    }
    if (time >= nextEdge) {
      turn(time);
    }
    if (working) {
      produce(time, stepSeconds);
    }
    if (available <= 0 && !working) {
      return sender.send(step, 0, time);
    }
    double bytes = sender.send(step, available, time);
    sent += bytes;
    available = Amount.most(0, available - bytes);
    return bytes;
  }

  private void turn(double time) {
    boolean wasWorking = working;
    working = !wasWorking || cycle == on;
    if (working) {
      sender.connect();
      connectedAt = time;
      available = 0;
      nextBurst = time;
      nextEdge += on;
    } else {
      available = 0;
      nextEdge += cycle - on;
    }
  }

  private void produce(double time, double stepSeconds) {
    if (bytesPerSecond == Double.MAX_VALUE) {
      available = 1e15;
    } else if (period <= 0) {
      available += bytesPerSecond * stepSeconds;
    } else {
      while (time >= nextBurst) {
        available += bytesPerSecond * period;
        nextBurst += period;
      }
    }
  }
}
