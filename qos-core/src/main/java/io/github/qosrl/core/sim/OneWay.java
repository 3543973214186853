package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One direction of the simulated link: its applications, the bottleneck's deep buffer, and our
 * shaper, which sits before the bottleneck on the upload and behind it on the download.
 *
 * <p>The last portion of every step is the acknowledgements of the other direction.
 */
final class OneWay {
  /** An acknowledgement on the wire, and how many packets it answers (RFC 1122, 4.2.3.2). */
  private static final double ACK_SHARE = 66 / (2 * TcpFlow.PACKET);

  private static final double START_SPREAD_SECONDS = 0.05;

  /** A real link's capacity does not wait for our ticks: its bins begin somewhere between them. */
  private static final double LARGEST_PHASE = 0.1;

  private static final double MIN_PHASE = 1e-6;

  private final boolean shaperFirst;
  private final int flows;
  private final double stepSeconds;
  private final double startSeconds;
  private final double meanBudget;
  private final double randomLoss;
  private final SplittableRandom random;
  private final CapacityProcess.Realization capacity;
  private final Application[] applications;

  private final FifoQueue bottleneck;
  private final FluidQueue shaper;

  private final Portion[] in;
  private final Portion[] between;
  private final Portion[] out;

  /** Bytes acknowledged and found lost. */
  private final Portion[] news;

  private final double[] unseenGaps;

  private double capacityBytes;
  private double wanBytes;
  private double wanBefore;
  private double wanAcks;
  private double dataInStep;
  private double deliveredBytes;
  private double budget;
  private double shapedBudget;
  private double ackBytes;

  private @Nullable SeenFlows seen;

  OneWay(
      Scenario scenario,
      Direction direction,
      double stepSeconds,
      double startSeconds,
      SplittableRandom random) {
    this.stepSeconds = stepSeconds;
    this.random = random;
    shaperFirst = direction == Direction.UPLOAD;
    this.startSeconds = startSeconds;
    meanBudget = scenario.capacity(direction).mean().bytesPerSecond() * stepSeconds;
    randomLoss = scenario.randomLoss();
    capacity = scenario.capacity(direction).begin(random.split());
    capacity.advance(MIN_PHASE + LARGEST_PHASE * random.nextDouble());
    List<Application> senders = new ArrayList<>();
    for (Traffic traffic : scenario.traffic()) {
      if (traffic.direction() == direction) {
        double jitter = random.nextDouble() * START_SPREAD_SECONDS;
        senders.add(
            new Application(
                traffic,
                sender(traffic.transport(), stepSeconds, random),
                startSeconds + seconds(traffic.start()) + jitter));
      }
    }
    applications = senders.toArray(new Application[0]);
    flows = applications.length;
    int columns = flows + 1;
    bottleneck = new FifoQueue(columns, scenario.bufferBytes(direction), random.split());
    shaper =
        scenario.shaperQueue() == QueueDiscipline.CAKE
            ? new FairQueue(columns, stepSeconds, random.split())
            : new FifoQueue(columns, Double.MAX_VALUE, random.split());
    in = Portion.of(columns);
    between = Portion.of(columns);
    out = Portion.of(columns);
    news = Portion.of(flows);
    unseenGaps = new double[flows];
  }

  private static Sender sender(Transport transport, double stepSeconds, SplittableRandom random) {
    return switch (transport) {
      case CUBIC -> new CubicFlow(stepSeconds);
      case RENO -> new RenoFlow(stepSeconds);
      case BBR -> new BbrFlow(stepSeconds, random.split());
      case CONSTANT -> new ConstantFlow();
    };
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** The queues on the way that serve in order of arrival, nearest to the sender first. */
  FifoQueue[] orderedStages() {
    if (!(shaper instanceof FifoQueue fifo)) {
      return new FifoQueue[] {bottleneck};
    }
    return shaperFirst ? new FifoQueue[] {fifo, bottleneck} : new FifoQueue[] {bottleneck, fifo};
  }

  int flows() {
    return flows;
  }

  /** Has what passes the WAN interface seen from now on. */
  SeenFlows watch(
      Direction direction, PassiveSignals signals, double interval, SplittableRandom random) {
    SeenFlows watching = new SeenFlows(direction, applications, signals, interval, random);
    seen = watching;
    return watching;
  }

  /**
   * Lets a step pass.
   *
   * @param limit bytes per second of our shaper; infinite if it is not there
   * @param ackBytesIn bytes of acknowledgements that the other direction's data caused
   * @param acks where this direction's acknowledgements go and come back
   */
  void advance(int step, double time, double limit, double ackBytesIn, AckPath acks) {
    acks.deliver(step, news);
    for (int f = 0; f < flows; f++) {
      in[f].set(applications[f].step(step, time, stepSeconds, news[f].bytes, news[f].gaps), 0);
    }
    in[flows].set(ackBytesIn, 0);
    budget = time < startSeconds - 1e-9 ? meanBudget : capacity.advance(stepSeconds);
    capacityBytes += budget;
    shapedBudget = limit * stepSeconds;
    if (shaper instanceof FifoQueue fifo) {
      fifo.resize(Scenario.shaperBufferBytes(limit));
    }
    if (shaperFirst) {
      shaper.pass(step, in, shapedBudget, between);
      count(between);
      bottleneck.pass(step, between, budget, out);
      loseSome(out);
    } else {
      bottleneck.pass(step, in, budget, between);
      loseSome(between);
      count(between);
      shaper.pass(step, between, shapedBudget, out);
    }
    acknowledge(time, acks);
  }

  private void count(Portion[] portions) {
    wanBefore = wanBytes;
    wanAcks = portions[flows].bytes;
    for (int f = 0; f <= flows; f++) {
      wanBytes += portions[f].bytes;
    }
  }

  /** Radio loss: whole packets, on the link itself. */
  private void loseSome(Portion[] portions) {
    if (randomLoss <= 0) {
      return;
    }
    for (int f = 0; f < flows; f++) {
      double bytes = portions[f].bytes;
      double expected = bytes * randomLoss / TcpFlow.PACKET;
      double packets = Math.floor(expected + random.nextDouble());
      portions[f].lose(Amount.least(bytes, randomLoss >= 1 ? bytes : packets * TcpFlow.PACKET));
    }
  }

  private void acknowledge(double time, AckPath acks) {
    double data = 0;
    for (int f = 0; f < flows; f++) {
      double bytes = out[f].bytes;
      double unseen = unseenGaps[f] + out[f].gaps;
      boolean noticed = bytes > 0;
      data += bytes;
      news[f].set(bytes, noticed ? unseen : 0);
      unseenGaps[f] = noticed ? 0 : unseen;
      if (noticed && unseen > 0 && seen != null) {
        seen.miss(f, time);
      }
    }
    dataInStep = data;
    deliveredBytes += data + out[flows].bytes;
    ackBytes = data * ACK_SHARE;
    acks.enter(news);
  }

  /** Bytes of acknowledgements that this direction's last step causes in the other. */
  double ackBytes() {
    return ackBytes;
  }

  FifoQueue bottleneck() {
    return bottleneck;
  }

  FluidQueue shaper() {
    return shaper;
  }

  /** Bytes that the bottleneck could have passed so far. */
  double capacityBytes() {
    return capacityBytes;
  }

  /** Bytes that passed the WAN interface so far. */
  double wanBytes() {
    return wanBytes;
  }

  /** Data that passed the WAN interface in the last step, without acknowledgements. */
  double wanData() {
    return Amount.most(0, wanBytes - wanBefore - wanAcks);
  }

  /** Bytes of the other direction's acknowledgements that passed it in the last step. */
  double wanAcks() {
    return wanAcks;
  }

  /** Data that reached its destination in the last step. */
  double dataInStep() {
    return dataInStep;
  }

  /** Bytes that reached their destination so far. */
  double deliveredBytes() {
    return deliveredBytes;
  }

  /** Bytes that the bottleneck could pass in the last step. */
  double budget() {
    return budget;
  }

  /** Bytes that our shaper could pass in the last step; infinite if it is not there. */
  double shapedBudget() {
    return shapedBudget;
  }
}
