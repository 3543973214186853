package io.github.qosrl.examples.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the doctor says of signals. */
final class SignalsTest {
  private static final Availability LACKING = Availability.no("it is not installed", "install it");
  private static final Availability THERE = Availability.yes("version 1");

  private record Fake(String id, Availability there) implements ProbeProvider {
    @Override
    public String description() {
      return "";
    }

    @Override
    public Availability availability(Host host) {
      return there;
    }

    @Override
    public Probe create(Host host, Settings settings) throws ProbeException {
      throw new ProbeException("not for now");
    }
  }

  private static Finding finding(String name, Map<String, Availability> probes) throws Exception {
    List<ProbeProvider> fakes = new ArrayList<>();
    probes.forEach((id, there) -> fakes.add(new Fake(id, there)));
    FakeHost host = new FakeHost().file("/sys/class/net/lo/statistics/rx_bytes", "0\n");
    return new Signals(Plugins.of(ProbeProvider.class, fakes, List.of()), host)
        .findings().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void saysWhatASignalGives() throws Exception {
    Finding flows = finding("flows", Map.of("flows", THERE));
    assertEquals(Finding.State.OK, flows.state());
    assertEquals("each direction's queue, as the users' own TCP packets tell it", flows.detail());
    assertEquals(Finding.State.OK, finding("counters", Map.of()).state());
  }

  @Test
  void saysWhatALackMeansAndHowToMendIt() throws Exception {
    Finding flows = finding("flows", Map.of("flows", LACKING));
    assertEquals(Finding.State.MISSING, flows.state());
    assertTrue(
        flows
            .detail()
            .startsWith(
                "it is not installed: without it, with both directions loaded the controller must guess"),
        flows.detail());
    assertEquals("install it", flows.fix());
  }

  @Test
  void oneOfTwoProgramsIsEnoughForTheRoundTrip() throws Exception {
    assertEquals(
        Finding.State.OK, finding("round trip", Map.of("fping", LACKING, "ping", THERE)).state());
    assertEquals(
        Finding.State.NEEDED,
        finding("round trip", Map.of("fping", LACKING, "ping", LACKING)).state());
  }

  @Test
  void aBuildWithoutAProbeSaysSo() throws Exception {
    assertTrue(finding("irtt", Map.of()).detail().startsWith("this build has no probe 'irtt'"));
  }
}
