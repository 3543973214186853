package io.github.qosrl.core.sim;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.estimate.LinkEstimator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run of a scenario. */
final class Episode {
  private static final double MAX_STEP = 0.010;
  private static final double MIN_STEP = 0.001;
  private static final double STEPS_PER_RTT = 4;
  private static final double SCORE_PROBE_SECONDS = 0.1;
  private static final Measurement.Layout TRAFFIC = Counters.traffic();
  private static final Measurement.Layout SHAPER = Counters.shaper();

  private final Scenario scenario;
  private final double stepSeconds;
  private final int stepsPerTick;
  private final int ticks;
  private final double baseRtt;

  private final OneWay download;
  private final OneWay upload;
  private final AckPath downloadAcks;
  private final AckPath uploadAcks;
  private final ProbeTrain probes;
  private final ProbeTrain scoreProbes;
  private final @Nullable PassiveProbe passive;

  private final PingWindow ping = new PingWindow();
  private final LinkEstimator estimator = new LinkEstimator();
  private final Counters downloadCounters;
  private final Counters uploadCounters;
  private final LinkScore.Recorder score = new LinkScore.Recorder();
  private final String[] targets;

  private int step;
  private int tick;
  private long nowNanos;
  private Observation last;
  private ShapingPlan plan = ShapingPlan.UNLIMITED;

  Episode(Scenario scenario, long seed) {
    this.scenario = scenario;
    SplittableRandom random = new SplittableRandom(seed);
    double interval = seconds(scenario.interval());
    baseRtt = seconds(scenario.baseRtt());
    double wanted = Math.max(MIN_STEP, Math.min(MAX_STEP, baseRtt / STEPS_PER_RTT));
    stepsPerTick = (int) Math.max(1, Math.ceil(interval / wanted - 1e-9));
    stepSeconds = interval / stepsPerTick;
    ticks = scenario.ticks();
    int delaySteps = (int) Math.round(baseRtt / stepSeconds);
    double start = warmUpTicks() * interval;
    download = new OneWay(scenario, Direction.DOWNLOAD, stepSeconds, start, random.split());
    upload = new OneWay(scenario, Direction.UPLOAD, stepSeconds, start, random.split());
    downloadAcks = new AckPath(download.flows(), delaySteps, upload.orderedStages());
    uploadAcks = new AckPath(upload.flows(), delaySteps, download.orderedStages());
    probes =
        train(seconds(scenario.probeInterval()), scenario.probeTargets(), false, random.split());
    scoreProbes = train(SCORE_PROBE_SECONDS, 1, true, random.split());
    // The last to be split off: whether it is there changes nothing else.
    PassiveSignals signals = scenario.passiveSignals();
    passive =
        signals.observed()
            ? new PassiveProbe(
                download, upload, signals, baseRtt, stepSeconds, stepsPerTick, random.split())
            : null;
    downloadCounters = new Counters(Direction.DOWNLOAD, download);
    uploadCounters = new Counters(Direction.UPLOAD, upload);
    targets = new String[scenario.probeTargets()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = "target" + (i + 1);
    }
    last = new Observation(Instant.EPOCH, List.of(), plan);
  }

  private ProbeTrain train(
      double interval, int count, boolean behindShaper, SplittableRandom random) {
    return new ProbeTrain(
        interval,
        baseRtt,
        count,
        scenario.randomLoss(),
        stepSeconds,
        upload,
        download,
        behindShaper,
        scenario.icmpApart() && !behindShaper,
        random);
  }

  private int warmUpTicks() {
    return (int) Math.max(1, scenario.warmUp().toNanos() / scenario.interval().toNanos());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  Observation begin() {
    for (int i = 0; i < warmUpTicks(); i++) {
      last = pass(plan);
    }
    return last;
  }

  Step step(ShapingPlan action) {
    if (tick == ticks) {
      throw new IllegalStateException("the episode is over; reset the link first");
    }
    tick++;
    Observation before = last;
    last = pass(action);
    return new Step(last, scenario.reward().of(before, action, last), false, tick == ticks);
  }

  /** Lets a tick pass under a plan, and tells what can be seen of it. */
  private Observation pass(ShapingPlan action) {
    plan = action;
    Instant from = now();
    downloadCounters.beginTick(plan);
    uploadCounters.beginTick(plan);
    double downLimit = bytesPerSecond(Direction.DOWNLOAD);
    double upLimit = bytesPerSecond(Direction.UPLOAD);
    PassiveProbe flows = passive;
    for (int i = 0; i < stepsPerTick; i++) {
      double time = step * stepSeconds;
      double downAcks = upload.ackBytes();
      upload.advance(step, time, upLimit, download.ackBytes(), uploadAcks);
      download.advance(step, time, downLimit, downAcks, downloadAcks);
      if (flows != null) {
        flows.step(step);
      }
      downloadAcks.move(step);
      uploadAcks.move(step);
      probes.step(time);
      scoreProbes.step(time);
      step++;
    }
    nowNanos += scenario.interval().toNanos();
    Instant to = now();
    double now = step * stepSeconds;
    collectReplies(now);
    if (tick > 0) {
      keepScore(now);
    }
    return observe(from, to, now);
  }

  private double bytesPerSecond(Direction direction) {
    return plan.limits(direction)
        ? plan.limit(direction).orElseThrow().bytesPerSecond()
        : Double.POSITIVE_INFINITY;
  }

  private void collectReplies(double now) {
    ProbeTrain.Packet reply = probes.takeReply(now);
    while (reply != null) {
      double at = reply.at;
      double rtt = reply.rtt();
      ping.add(
          new DelaySample(targets[reply.target], instant(at), Duration.ofNanos(nanos(rtt))),
          rtt,
          at);
      reply = probes.takeReply(now);
    }
  }

  private void keepScore(double now) {
    downloadCounters.addTo(score, plan);
    uploadCounters.addTo(score, plan);
    ProbeTrain.Packet reply = scoreProbes.takeReply(now);
    while (reply != null) {
      score.addInflation(Math.max(0, reply.rtt() - baseRtt));
      reply = scoreProbes.takeReply(now);
    }
    score.addLost(scoreProbes.takeLost());
  }

  private Observation observe(Instant from, Instant to, double now) {
    double interval = stepsPerTick * stepSeconds;
    double[] passed = new double[TRAFFIC.size()];
    downloadCounters.writeTraffic(passed, interval);
    uploadCounters.writeTraffic(passed, interval);
    double[] shaped = new double[SHAPER.size()];
    downloadCounters.writeShaper(shaped, plan);
    uploadCounters.writeShaper(shaped, plan);
    List<Measurement> measured = new ArrayList<>(5);
    measured.add(ping.take(from, to, probes.takeSent(), probes.takeLost(), interval, now));
    measured.add(TRAFFIC.of(from, to, passed));
    measured.add(SHAPER.of(from, to, shaped));
    if (passive != null) {
      measured.add(passive.window(from, to, step - 1, interval));
    }
    LinkState state = estimator.update(to, measured, plan);
    measured.add(0, estimator.addTo(Measurement.builder(from, to)).build());
    return new Observation(to, measured, plan, state);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private static Instant instant(double seconds) {
    long nanos = nanos(seconds);
    return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
  }

  Instant now() {
    return Instant.ofEpochSecond(nowNanos / 1_000_000_000L, nowNanos % 1_000_000_000L);
  }

  Scenario scenario() {
    return scenario;
  }

  LinkScore score() {
    return score.score();
  }

  LinkTruth truth() {
    double interval = stepsPerTick * stepSeconds;
    return new LinkTruth(now(), downloadCounters.truth(interval), uploadCounters.truth(interval));
  }
}
