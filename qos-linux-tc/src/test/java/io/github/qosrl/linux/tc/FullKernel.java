package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link FullKernelIT} runs inside user-mode Linux. Prints one line {@code NAME=VALUE} for
 * each finding; the test outside judges them.
 */
final class FullKernel {
  private static final List<String> KINDS = List.of("cake", "htb-fq-codel", "auto");

  private FullKernel() {}

  public static void main(String[] args) throws Exception {
    try (RouterLab lab = RouterLab.start();
        Traffic traffic = Traffic.start(lab)) {
      for (String kind : KINDS) {
        shape(lab, traffic, kind);
      }
      FullKernelContract.run(lab, new CakeProvider());
      FullKernelContract.run(lab, new HtbFqCodelProvider());
      countTins(lab);
      loseNothing(lab);
      replace(lab);
    } catch (Exception | AssertionError e) {
      System.out.println("failure=" + e);
    }
    System.out.println("done=true");
  }

  private static void shape(RouterLab lab, Traffic traffic, String kind) throws Exception {
    String before = lab.configured();
    Settings settings = Settings.of(kind, Map.of("wan", "wan", "ifb", "ifb-wan"));
    TcProvider provider =
        switch (kind) {
          case "cake" -> new CakeProvider();
          case "htb-fq-codel" -> new HtbFqCodelProvider();
          default -> new AutoProvider();
        };
    try (var shaper = provider.create(lab.router, settings)) {
      shaper.apply(ShapingPlan.of(BitRate.parse("2mbit"), BitRate.parse("2mbit")));
      BitRate rate = BitRate.parse("5mbit");
      shaper.apply(ShapingPlan.of(rate, rate));
      System.out.println(kind + ".kinds=" + kinds(lab));
      if (!kind.equals("auto")) {
        for (boolean download : List.of(false, true)) {
          double reached = 0;
          // On a busy machine one transfer may be starved, or catch up.
          for (int i = 0; i < 6 && Math.abs(reached - 1) > 0.05; i++) {
            double bits = traffic.tcp(RouterLab.SERVER, download, Duration.ofSeconds(3), rate);
            double part = bits / rate.bitsPerSecond();
            reached = Math.abs(part - 1) < Math.abs(reached - 1) ? part : reached;
          }
          System.out.println(kind + (download ? ".download=" : ".upload=") + reached);
        }
      }
    }
    System.out.println(kind + ".restored=" + before.equals(lab.configured()));
  }

  /** Pings by DSCP land in CAKE's tins, as {@code tc-stats} sees. */
  private static void countTins(RouterLab lab) throws Exception {
    Map<String, String> link = Map.of("wan", "wan");
    try (var shaper = new CakeProvider().create(lab.router, Settings.of("cake", link));
        Probe probe = new TcStatsProvider().create(lab.router, Settings.of("tc-stats", link))) {
      shaper.apply(upload("5mbit"));
      probe.measure(Duration.ofSeconds(20));
      for (String dscp : List.of("0xb8", "0x20")) {
        RouterLab.run(lab.client, "ping -q -c 5 -i 0.05 -Q " + dscp + " " + RouterLab.SERVER);
      }
      Measurement window = probe.measure(Duration.ofSeconds(20));
      for (String tin : List.of("voice", "bulk")) {
        Metric metric = Metrics.PACKETS_PASSED.in("upload/" + tin);
        System.out.println("tins." + tin + "=" + (int) window.get(metric).orElse(-1));
      }
    }
  }

  private static String kinds(RouterLab lab) throws Exception {
    List<String> kinds = new ArrayList<>();
    for (String device : List.of("wan", "ifb-wan")) {
      for (QdiscState q :
          TcOutput.qdiscs(
              RouterLab.run(lab.router, "tc -j -s qdisc show dev " + device).stdout())) {
        kinds.add(q.kind());
      }
    }
    return String.join(",", kinds);
  }

  /**
   * A backlog of CAKE's goes through a hundred changes of its rate: every packet was sent, still
   * waits, or was dropped by CAKE's own AQM, which counts it. A queue that is thrown away is not
   * counted.
   */
  private static void loseNothing(RouterLab lab) throws Exception {
    Settings settings = Settings.of("cake", Map.of("wan", "wan", "rtt", "10s"));
    try (var shaper = new CakeProvider().create(lab.router, settings)) {
      shaper.apply(upload("100kbit"));
      RouterLab.run(lab.client, "ping -q -c 40 -l 40 -s 1000 -W 1 " + RouterLab.SERVER);
      Counters before = counters(lab);
      for (int i = 0; i < 100; i++) {
        shaper.apply(upload(100 + i + "kbit"));
      }
      Counters after = counters(lab);
      System.out.println("changes.lost=" + Math.max(0, seen(before) - seen(after)));
      System.out.println("changes.counted=" + (after.packets() >= before.packets()));
    }
  }

  private static long seen(Counters counters) {
    return counters.packets() + counters.drops() + counters.queued();
  }

  private static ShapingPlan upload(String rate) {
    return ShapingPlan.of(Direction.UPLOAD, BitRate.parse(rate));
  }

  private static Counters counters(RouterLab lab) throws Exception {
    return TcOutput.qdiscs(RouterLab.run(lab.router, "tc -j -s qdisc show dev wan").stdout())
        .get(0)
        .counters();
  }

  private static void replace(RouterLab lab) throws Exception {
    for (String parameters :
        List.of(
            "fq_codel limit 2000 target 7ms",
            "cake bandwidth 12345678bit diffserv4 nat rtt 50ms",
            "netem delay 20ms loss 1%")) {
      RouterLab.run(lab.router, "tc qdisc add dev wan root handle 8765: " + parameters);
      String before = RouterLab.run(lab.router, "tc -j qdisc show dev wan").stdout();
      try (TcShaper shaper = TcShaper.builder(lab.router).wan("wan").replace(true).htb()) {
        shaper.apply(upload("1mbit"));
      }
      String after = RouterLab.run(lab.router, "tc -j qdisc show dev wan").stdout();
      System.out.println("replaced." + parameters.split(" ", 2)[0] + "=" + before.equals(after));
      lab.router.run(Command.of("tc", "qdisc", "del", "dev", "wan", "root"));
    }
  }
}
