package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;

/** A program that shapes an interface of this machine until it is killed, or its input ends. */
final class Victim {
  private Victim() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (Host host = Hosts.local();
        TcShaper shaper = link(host, args).htb()) {
      shaper.apply(ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")));
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Until the end.
      }
    } catch (QosException e) {
      System.out.println("failed: " + e.getMessage());
    }
  }

  private static TcShaperBuilder link(Host host, String[] args) {
    TcShaperBuilder link = TcShaper.builder(host).wan(args[0]);
    return args[1].startsWith("ifb") ? link.ifb(args[1]) : link.lan(args[1]);
  }
}
