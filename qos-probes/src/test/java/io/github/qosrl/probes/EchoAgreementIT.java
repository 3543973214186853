package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.probes.fping.FpingProbe;
import io.github.qosrl.probes.iperf3.Iperf3Server;
import io.github.qosrl.probes.ping.PingProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Window metrics against the tools' own summaries over the very same packets, while a slow link's
 * queue makes the delay vary: within 1 % or 0.1 ms.
 */
class EchoAgreementIT {
  private static final Duration TRAFFIC = Duration.ofSeconds(4);
  private static final Pattern PING_COUNTS =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
  private static final Pattern PING_RTT =
      Pattern.compile("rtt min/avg/max/mdev = ([\\d.]+)/([\\d.]+)/([\\d.]+)/([\\d.]+) ms");
  private static final Pattern FPING =
      Pattern.compile(
          "([\\d.]+) +: xmt/rcv/%loss = (\\d+)/(\\d+)/\\d+%, ?(?:outage\\(ms\\) = \\d+)?"
              + "(?:,? ?min/avg/max = ([\\d.]+)/([\\d.]+)/([\\d.]+))?");

  private final RestingClock clock = new RestingClock();
  private TwoHosts hosts;
  private TeeHost host;
  private Iperf3Server server;
  private HostProcess load;

  @BeforeEach
  void makeASlowLinkWithVaryingDelay() throws Exception {
    hosts = TwoHosts.make("agree");
    host = new TeeHost(hosts.near());
    TwoHosts.run(hosts.near(), "tc qdisc add dev wan0 root tbf rate 2mbit burst 4000 limit 40000");
    server = Iperf3Server.start(hosts.far(), "", 5201);
    load = hosts.near().start(Command.of("iperf3", "-c", TwoHosts.FAR_TOO, "-t", "30"));
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(load, server, hosts);
  }

  private Measurement stopAndMeasure(Probe probe) throws Exception {
    Thread.sleep(TRAFFIC.toMillis());
    HostProcess process = host.started().get(0);
    TwoHosts.run(hosts.near(), "kill -INT " + process.pid());
    clock.awaitRest();
    return probe.measure(Duration.ofSeconds(1));
  }

  /**
   * The machine's clock, by which nobody who goes to sleep wakes up: the reader of a process that
   * has ended rests after it has read everything, and starts no other one.
   */
  private static final class RestingClock implements MonotonicClock {
    private final CountDownLatch resting = new CountDownLatch(1);

    @Override
    public Instant now() {
      return MonotonicClock.system().now();
    }

    @Override
    public void sleepUntil(Instant moment) throws InterruptedException {
      resting.countDown();
      new CountDownLatch(1).await();
    }

    void awaitRest() throws InterruptedException {
      assertTrue(resting.await(60, TimeUnit.SECONDS), "the process did not end");
    }
  }

  private static void agree(double expectedMillis, Measurement m, Metric metric) {
    double seconds = m.get(metric).orElseThrow();
    double tolerance = Math.max(0.1, expectedMillis / 100) / 1e3;
    assertEquals(expectedMillis / 1e3, seconds, tolerance, metric + " of " + m);
  }

  @Test
  void pingAgreesWithItsSummary() throws Exception {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of(TwoHosts.FAR)))
            .interval(Duration.ofMillis(50))
            .build();
    try (Probe probe = PingProbe.open(host, options, clock)) {
      Measurement m = stopAndMeasure(probe);
      Matcher counts = PING_COUNTS.matcher(host.printed());
      Matcher rtt = PING_RTT.matcher(host.printed());
      assertTrue(counts.find() && rtt.find(), host.printed());
      assertEquals(Integer.parseInt(counts.group(2)), m.get(Metrics.PROBES_RECEIVED).orElseThrow());
      // The last packet may still have been on its way.
      assertEquals(Integer.parseInt(counts.group(1)), m.get(Metrics.PROBES_SENT).orElseThrow(), 1);
      agree(Double.parseDouble(rtt.group(1)), m, Metrics.RTT_MIN);
      agree(Double.parseDouble(rtt.group(2)), m, Metrics.RTT_MEAN);
      agree(Double.parseDouble(rtt.group(3)), m, Metrics.RTT_MAX);
      double mdev = Math.sqrt(m.get(Metrics.RTT_VARIANCE).orElseThrow()) * 1e3;
      double expected = Double.parseDouble(rtt.group(4));
      assertEquals(expected, mdev, Math.max(0.1, expected / 100));
      assertTrue(expected > 0.5, "the delay should vary: " + expected);
    }
  }

  @Test
  void fpingAgreesWithItsSummary() throws Exception {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of(TwoHosts.FAR), Target.of(TwoHosts.SILENT, "lan")))
            .interval(Duration.ofMillis(100))
            .deadline(Duration.ofSeconds(1))
            .build();
    try (Probe probe = FpingProbe.open(host, options, clock)) {
      Measurement m = stopAndMeasure(probe);
      Matcher summary = FPING.matcher(host.printed());
      assertTrue(summary.find(), host.printed());
      assertEquals(TwoHosts.FAR, summary.group(1));
      int transmitted = Integer.parseInt(summary.group(2));
      assertEquals(
          Integer.parseInt(summary.group(3)),
          m.get(Metrics.PROBES_RECEIVED.in(TwoHosts.FAR)).orElseThrow());
      assertEquals(
          Integer.parseInt(summary.group(2)),
          m.get(Metrics.PROBES_SENT.in(TwoHosts.FAR)).orElseThrow(),
          1);
      agree(Double.parseDouble(summary.group(4)), m, Metrics.RTT_MIN.in(TwoHosts.FAR));
      agree(Double.parseDouble(summary.group(5)), m, Metrics.RTT_MEAN.in(TwoHosts.FAR));
      agree(Double.parseDouble(summary.group(6)), m, Metrics.RTT_MAX.in(TwoHosts.FAR));
      // fping's summary leaves out what is still on its way; the period tells how many that are.
      double sent = m.get(Metrics.PROBES_SENT.in(TwoHosts.SILENT)).orElseThrow();
      assertEquals(transmitted, sent, 2);
      assertEquals(1, m.get(Metrics.LOSS.in("lan")).orElseThrow());
    }
  }
}
