package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A passive probe at the WAN interface of a simulated link: see {@link PassiveSignals}. */
final class PassiveProbe {
  private static final int DOWN_FLOWS = OneWayDelays.METRICS.size();
  private static final int UP_FLOWS = DOWN_FLOWS + SeenFlows.metrics(Direction.DOWNLOAD).size();
  private static final int ACKS = UP_FLOWS + SeenFlows.metrics(Direction.UPLOAD).size();
  private static final Measurement.Layout LAYOUT = layout();
  private static final double[] NO_ACKS = {0, Double.NaN, 0, Double.NaN, Double.NaN, 0, Double.NaN};

  private final OneWay down;
  private final OneWay up;
  private final double baseRtt;
  private final double stepSeconds;
  private final boolean uploads;
  private final SeenFlows downFlows;
  private final SeenFlows upFlows;
  private final QueueHistory downQueue;
  private final QueueHistory upQueue;
  private final OneWayDelays oneWay;
  private final AckProgress progress;
  private double downData;
  private double downAcks;
  private double upData;
  private double upAcks;

  /** Follows both directions from now on. */
  PassiveProbe(
      OneWay down,
      OneWay up,
      PassiveSignals signals,
      double baseRtt,
      double stepSeconds,
      int stepsPerTick,
      SplittableRandom random) {
    this.down = down;
    this.up = up;
    this.baseRtt = baseRtt;
    this.stepSeconds = stepSeconds;
    uploads = up.flows() > 0;
    double interval = stepsPerTick * stepSeconds;
    downFlows = down.watch(Direction.DOWNLOAD, signals, interval, random);
    upFlows = up.watch(Direction.UPLOAD, signals, interval, random);
    downQueue = new QueueHistory(down.bottleneck(), stepSeconds, stepsPerTick);
    upQueue = new QueueHistory(up.bottleneck(), stepSeconds, stepsPerTick);
    oneWay = new OneWayDelays(downQueue, signals, stepSeconds, stepsPerTick, random);
    progress =
        new AckProgress(
            upQueue, downQueue, signals, baseRtt, stepSeconds, stepsPerTick, oneWay::error);
  }

  private static Measurement.Layout layout() {
    List<Metric> metrics = new ArrayList<>(OneWayDelays.METRICS);
    metrics.addAll(SeenFlows.metrics(Direction.DOWNLOAD));
    metrics.addAll(SeenFlows.metrics(Direction.UPLOAD));
    metrics.addAll(AckProgress.METRICS);
    return new Measurement.Layout(metrics);
  }

  /** Follows a step that has passed in both directions. */
  void step(int step) {
    downQueue.add(step);
    double data = down.wanData();
    double acks = down.wanAcks();
    downData += data;
    downAcks += acks;
    boolean empty = down.bottleneck().backlog() <= 0;
    oneWay.step(step, data * downFlows.tellingShare(), acks * upFlows.tellingShare(), empty);
    if (uploads) {
      upQueue.add(step);
      progress.step(step, up.dataInStep() * upFlows.readableShare());
      upData += up.wanData();
    }
    upAcks += up.wanAcks();
  }

  /** What the window showed that ends with a step. */
  Measurement window(Instant from, Instant to, int step, double seconds) {
    double now = (step + 1) * stepSeconds;
    double downByte = byteTime(down);
    double upByte = byteTime(up);
    double[] out = new double[LAYOUT.size()];
    double upShare = upFlows.tellingShare();
    upFlows.write(out, UP_FLOWS, now, upData, upAcks, downFlows.tellingShare());
    downFlows.write(out, DOWN_FLOWS, now, downData, downAcks, upShare);
    downData = 0;
    downAcks = 0;
    upData = 0;
    upAcks = 0;
    int tellers = downFlows.tellers() + upFlows.tellers();
    double oldest = Amount.least(downFlows.oldestTeller(), upFlows.oldestTeller());
    oneWay.write(out, 0, step, now, downByte, tellers, oldest);
    if (uploads) {
      progress.write(out, ACKS, step, now, seconds, upFlows, upByte);
    } else {
      System.arraycopy(NO_ACKS, 0, out, ACKS, NO_ACKS.length);
    }
    double queues = down.bottleneck().backlog() * downByte + up.bottleneck().backlog() * upByte;
    downFlows.roundTrip(baseRtt + queues);
    upFlows.roundTrip(baseRtt + queues);
    return LAYOUT.of(from, to, out);
  }

  /** Seconds that a byte takes on the bottleneck; 0 in an outage, when none passes. */
  private double byteTime(OneWay way) {
    return way.budget() > 0 ? stepSeconds / way.budget() : 0;
  }
}
