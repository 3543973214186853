package io.github.qosrl.examples.embed;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.control.LinkEnvironment;
import io.github.qosrl.core.control.SafetyEnvelope;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.record.JsonLinesRunLog;
import io.github.qosrl.linux.tc.TcShaper;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.counters.CountersProbe;
import io.github.qosrl.probes.ping.PingProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A whole controller: {@code SmallController WAN LAN TARGET}. */
public final class SmallController {
  private SmallController() {}

  /** Controls the link until the program is ended, and then restores it. */
  public static void main(String[] args) throws Exception {
    String wan = args[0];
    String lan = args[1];
    EchoOptions ping =
        EchoOptions.builder(List.of(Target.parse(args[2])))
            .interfaceName(wan)
            .interval(Duration.ofMillis(100))
            .build();
    try (Host host = Hosts.local();
        JsonLinesRunLog log = JsonLinesRunLog.open(Path.of("run.jsonl"))) {
      LinkEnvironment link =
          LinkEnvironment.builder()
              .probe(PingProbe.open(host, ping))
              .probe(CountersProbe.open(host, wan, CountersProbe.Side.WAN))
              .shaper(TcShaper.builder(host).wan(wan).lan(lan).htb())
              .interval(Duration.ofMillis(100))
              .build();
      ControlLoop.builder(link, new ReceiveRateAgent())
          .envelope(SafetyEnvelope.builder().floor(BitRate.ofMegabits(1)).build())
          .listener(log)
          .build()
          .run();
    }
  }
}
