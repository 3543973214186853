package io.github.qosrl.examples.embed;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.control.LinkEnvironment;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.linux.tc.TcShaper;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.counters.CountersProbe;
import io.github.qosrl.probes.ping.PingProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several links in one process: {@code SeveralUplinks WAN=TARGET…}. Each has a loop and a thread of
 * its own; they share the host, and with it one {@code tc} and one guard against {@code kill -9}.
 * Each ping leaves by its own interface.
 */
public final class SeveralUplinks {
  private SeveralUplinks() {}

  /** Controls the uploads until the program is ended, and then restores every link. */
  public static void main(String[] args) throws Exception {
    List<ControlLoop> loops = new ArrayList<>();
    try (Host host = Hosts.local()) {
      for (String arg : args) {
        String[] link = arg.split("=", 2);
        loops.add(loop(host, link[0], Target.parse(link[1])));
      }
      loops.forEach(ControlLoop::start);
      for (ControlLoop loop : loops) {
        while (!loop.awaitEnd(Duration.ofMinutes(1))) {}
        loop.close(); // Throws what ended it, if it was not asked to end.
      }
    }
  }

  private static ControlLoop loop(Host host, String wan, Target target) throws Exception {
    EchoOptions ping = EchoOptions.builder(List.of(target)).interfaceName(wan).build();
    LinkEnvironment link =
        LinkEnvironment.builder()
            .probe(PingProbe.open(host, ping))
            .probe(CountersProbe.open(host, wan, CountersProbe.Side.WAN))
            .shaper(TcShaper.builder(host).wan(wan).htb())
            .initialPlan(ShapingPlan.of(Direction.UPLOAD, BitRate.ofMegabits(20)))
            .interval(Duration.ofMillis(100))
            .build();
    return ControlLoop.builder(link, new ReceiveRateAgent()).build();
  }
}
