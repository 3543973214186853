package io.github.qosrl.examples.bench;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.linux.tc.TcShaper;
import java.io.IOException;

/** A program that shapes a link until it is killed, or its input ends: what is to be restored. */
final class ShapedForEver {
  private ShapedForEver() {}

  public static void main(String[] args) throws IOException, QosException, InterruptedException {
    try (Host host = Hosts.netns(args[0]);
        TcShaper shaper = TcShaper.builder(host).wan(args[1]).ifb(args[2]).htb()) {
      shaper.apply(ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")));
      System.out.println("shaped");
      while (System.in.read() >= 0) {
        // Until the end.
      }
    }
  }
}
