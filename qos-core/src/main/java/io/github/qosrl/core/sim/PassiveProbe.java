package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import java.time.Instant;
import java.util.SplittableRandom;

/** A passive probe at the WAN interface of a simulated link: see {@link PassiveSignals}. */
final class PassiveProbe {
  private final OneWay down;
  private final OneWay up;
  private final double baseRtt;
  private final double stepSeconds;
  private final SeenFlows downFlows;
  private final SeenFlows upFlows;
  private final QueueWait downWait;
  private final QueueWait upWait;
  private final OneWayDelays oneWay;
  private final AckProgress acks;

  /** Follows both directions from now on. */
  PassiveProbe(
      OneWay down,
      OneWay up,
      PassiveSignals signals,
      double baseRtt,
      double stepSeconds,
      SplittableRandom random) {
    this.down = down;
    this.up = up;
    this.baseRtt = baseRtt;
    this.stepSeconds = stepSeconds;
    downFlows = down.watch(Direction.DOWNLOAD, signals, random);
    upFlows = up.watch(Direction.UPLOAD, signals, random);
    downWait = new QueueWait(down.bottleneck(), stepSeconds);
    upWait = new QueueWait(up.bottleneck(), stepSeconds);
    oneWay = new OneWayDelays(downWait, signals, stepSeconds, random);
    acks = new AckProgress(upWait, downWait, down.bottleneck(), signals, baseRtt, stepSeconds);
  }

  /** Starts a window. */
  void begin() {
    double roundTrip = baseRtt + downWait.seconds() + upWait.seconds();
    downFlows.begin(roundTrip);
    upFlows.begin(roundTrip);
    oneWay.begin();
    acks.begin();
  }

  /** Follows a step that has passed in the upload, and not yet in the download. */
  void betweenDirections(int step) {
    acks.leave(step, upFlows.leftInStep());
  }

  /** Follows a step that has passed in both directions. */
  void step(int step) {
    downWait.step(step);
    upWait.step(step);
    double stampedAcks = downFlows.acksInStep() * upFlows.stampedShare();
    oneWay.step(step, downFlows.stampedInStep(), stampedAcks, down.budget());
    acks.step(step);
  }

  /** What the window showed. */
  Measurement window(Instant from, Instant to, double now, double seconds) {
    Measurement.Builder out = Measurement.builder(from, to);
    oneWay.writeTo(out, now);
    downFlows.writeTo(out, now, upFlows.stampedShare());
    double packetTime = up.budget() > 0 ? TcpFlow.PACKET * stepSeconds / up.budget() : 0;
    acks.writeTo(out, now, seconds, upFlows.active(), packetTime);
    upFlows.writeTo(out, now, downFlows.stampedShare());
    return out.build();
  }
}
