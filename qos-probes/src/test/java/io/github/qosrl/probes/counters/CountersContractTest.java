package io.github.qosrl.probes.counters;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;

class CountersContractTest extends ProbeContract {
  private final FakeHost host = new FakeHost().file("/sys/class/net/eth0/ifindex", "2");
  private final VirtualClock clock = new VirtualClock();
  private long count;

  @Override
  protected Probe probe() throws Exception {
    letTimePass();
    return CountersProbe.open(host, "eth0", CountersProbe.Side.WAN, clock);
  }

  @Override
  protected void letTimePass() {
    count += 1000;
    for (String name : new String[] {"rx_bytes", "tx_bytes", "rx_packets", "tx_packets"}) {
      host.file("/sys/class/net/eth0/statistics/" + name, Long.toString(count));
    }
    clock.advance(Duration.ofMillis(200));
  }
}
