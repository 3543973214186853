package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.reward.UtilityReward;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts a {@link Scenario} together. Not thread-safe. */
public final class ScenarioBuilder {
  private static final int DEFAULT_FLOWS = 4;

  private String name;
  private CapacityProcess download = CapacityProcess.constant(BitRate.ofMegabits(20));
  private CapacityProcess upload = CapacityProcess.constant(BitRate.ofMegabits(5));
  private Duration baseRtt = Duration.ofMillis(40);
  private Duration downloadBuffer = Duration.ofMillis(750);
  private Duration uploadBuffer = Duration.ofMillis(750);
  private double randomLoss;
  private List<Traffic> traffic =
      Collections.nCopies(DEFAULT_FLOWS, Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC));
  private QueueDiscipline shaperQueue = QueueDiscipline.CAKE;
  private int probeTargets = 6;
  private Duration probeInterval = Duration.ofMillis(25);
  private boolean icmpApart;
  private PassiveSignals passiveSignals = PassiveSignals.standard();
  private Duration warmUp = Duration.ofSeconds(1);
  private Duration interval = Duration.ofMillis(100);
  private Duration duration = Duration.ofSeconds(60);
  private Reward reward = UtilityReward.standard();

  ScenarioBuilder(String name) {
    this.name = name;
  }

  ScenarioBuilder(Scenario s) {
    name = s.name();
    download = s.download();
    upload = s.upload();
    baseRtt = s.baseRtt();
    downloadBuffer = s.downloadBuffer();
    uploadBuffer = s.uploadBuffer();
    randomLoss = s.randomLoss();
    traffic = s.traffic();
    shaperQueue = s.shaperQueue();
    probeTargets = s.probeTargets();
    probeInterval = s.probeInterval();
    icmpApart = s.icmpApart();
    passiveSignals = s.passiveSignals();
    warmUp = s.warmUp();
    interval = s.interval();
    duration = s.duration();
    reward = s.reward();
  }

  /** A short name for tables. */
  public ScenarioBuilder name(String value) {
    name = value;
    return this;
  }

  /** The download's capacity. */
  public ScenarioBuilder download(CapacityProcess value) {
    download = value;
    return this;
  }

  /** The upload's capacity. */
  public ScenarioBuilder upload(CapacityProcess value) {
    upload = value;
    return this;
  }

  /** Round-trip time with empty queues, 1 ms to 2 s. */
  public ScenarioBuilder baseRtt(Duration value) {
    baseRtt = value;
    return this;
  }

  /** Both buffers, as the time that each takes to drain at its direction's mean capacity. */
  public ScenarioBuilder buffer(Duration value) {
    downloadBuffer = value;
    uploadBuffer = value;
    return this;
  }

  /** The download's buffer, as the time that it takes to drain at the mean capacity. */
  public ScenarioBuilder downloadBuffer(Duration value) {
    downloadBuffer = value;
    return this;
  }

  /** The upload's buffer, as the time that it takes to drain at the mean capacity. */
  public ScenarioBuilder uploadBuffer(Duration value) {
    uploadBuffer = value;
    return this;
  }

  /** Part of all packets that the link itself loses, 0 to 1. */
  public ScenarioBuilder randomLoss(double value) {
    randomLoss = value;
    return this;
  }

  /** Who sends what, instead of four downloads. */
  public ScenarioBuilder traffic(List<Traffic> value) {
    traffic = List.copyOf(value);
    return this;
  }

  /** So many equal senders, beside those there are. */
  public ScenarioBuilder addTraffic(int count, Traffic value) {
    List<Traffic> all = new ArrayList<>(traffic);
    all.addAll(Collections.nCopies(count, value));
    return traffic(all);
  }

  /** How our shaper's queue works. */
  public ScenarioBuilder shaperQueue(QueueDiscipline value) {
    shaperQueue = value;
    return this;
  }

  /** How many hosts are probed in turn, 1 to 64, and the time between two probes, 1 ms to 10 s. */
  public ScenarioBuilder probes(int targets, Duration every) {
    probeTargets = targets;
    probeInterval = every;
    return this;
  }

  /** Whether the bottlenecks serve probes, which are ICMP, before all else. */
  public ScenarioBuilder icmpApart(boolean value) {
    icmpApart = value;
    return this;
  }

  /** What the headers of the users' packets tell, and what is wrong with it. */
  public ScenarioBuilder passiveSignals(PassiveSignals value) {
    passiveSignals = value;
    return this;
  }

  /** The same, changed from what it is. */
  public ScenarioBuilder passiveSignals(UnaryOperator<PassiveSignals> change) {
    passiveSignals = change.apply(passiveSignals);
    return this;
  }

  /** How long the idle link is probed before the first observation, up to 10 min. */
  public ScenarioBuilder warmUp(Duration value) {
    warmUp = value;
    return this;
  }

  /** Time between two decisions, 10 ms to 10 s. */
  public ScenarioBuilder interval(Duration value) {
    interval = value;
    return this;
  }

  /** How long an episode lasts, from one interval to a day. */
  public ScenarioBuilder duration(Duration value) {
    duration = value;
    return this;
  }

  /** How good a tick was. */
  public ScenarioBuilder reward(Reward value) {
    reward = value;
    return this;
  }

  /**
   * The scenario.
   *
   * @throws IllegalArgumentException if a value is out of range; the message lists all that are
   */
  public Scenario build() {
    return new Scenario(
        name,
        download,
        upload,
        baseRtt,
        downloadBuffer,
        uploadBuffer,
        randomLoss,
        traffic,
        shaperQueue,
        probeTargets,
        probeInterval,
        icmpApart,
        passiveSignals,
        warmUp,
        interval,
        duration,
        reward);
  }

  static void validate(
      Duration baseRtt,
      Duration downloadBuffer,
      Duration uploadBuffer,
      double randomLoss,
      int probeTargets,
      Duration probeInterval,
      Duration warmUp,
      Duration interval,
      Duration duration) {
    List<String> problems = new ArrayList<>();
    Duration ms = Duration.ofMillis(1);
    Duration minute = Duration.ofMinutes(1);
    range(problems, "base RTT", baseRtt, ms, Duration.ofSeconds(2));
    range(problems, "download buffer", downloadBuffer, Duration.ZERO, minute);
    range(problems, "upload buffer", uploadBuffer, Duration.ZERO, minute);
    range(problems, "probe interval", probeInterval, ms, Duration.ofSeconds(10));
    range(problems, "warm-up", warmUp, Duration.ZERO, Duration.ofMinutes(10));
    range(problems, "interval", interval, Duration.ofMillis(10), Duration.ofSeconds(10));
    range(problems, "duration", duration, interval, Duration.ofDays(1));
    if (!(randomLoss >= 0 && randomLoss <= 1)) {
      problems.add("random loss " + randomLoss + " is not within 0 to 1");
    }
    if (probeTargets < 1 || probeTargets > 64) {
      problems.add("probe targets " + probeTargets + " are not within 1 to 64");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static void range(
      List<String> problems, String what, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      problems.add("%s %s is not within %s to %s".formatted(what, value, min, max));
    }
  }
}
