package io.github.qosrl.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.config.FlowsUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the users' flows are looked at, and what becomes of a run where that cannot be. */
final class FlowsChoiceTest {
  private final List<String> opened = new ArrayList<>();

  private FlowsChoice choice(Availability availability, Optional<QosException> failure)
      throws Exception {
    ProbeProvider provider =
        new ProbeProvider() {
          @Override
          public String id() {
            return FlowsChoice.ID;
          }

          @Override
          public String description() {
            return "";
          }

          @Override
          public Availability availability(Host host) {
            return availability;
          }

          @Override
          public Probe create(Host host, Settings settings) throws QosException {
            if (failure.isPresent()) {
              throw failure.get();
            }
            opened.add(settings.requiredText("interface"));
            settings.check();
            return new Silent();
          }
        };
    return new FlowsChoice(
        Plugins.of(ProbeProvider.class, List.of(provider), List.of()), new FakeHost());
  }

  private static final class Silent implements Probe {
    @Override
    public Set<Metric> metrics() {
      return Set.of();
    }

    @Override
    public Measurement measure(Duration timeout) throws ProbeException {
      throw new ProbeException("nothing passes");
    }

    @Override
    public void close() {}
  }

  private static final Availability YES = Availability.yes("tcpdump version 4.99");
  private static final Availability NO =
      Availability.no("tcpdump is not installed", "apt-get install tcpdump");

  @Test
  void theyAreLookedAtOnTheUplinkWhereThatIsPossible() throws Exception {
    assertTrue(choice(YES, Optional.empty()).open(FlowsUse.AUTO, "wan2").isPresent());
    assertTrue(choice(YES, Optional.empty()).open(FlowsUse.ON, "wan2").isPresent());
    assertEquals(List.of("wan2", "wan2"), opened);
  }

  @Test
  void nobodyLooksIfTheUserSaysSo() throws Exception {
    assertTrue(choice(YES, Optional.empty()).open(FlowsUse.OFF, "wan2").isEmpty());
    assertEquals(List.of(), opened);
  }

  @Test
  void aLackOrAFailureDoesNotEndTheRun() throws Exception {
    assertTrue(choice(NO, Optional.empty()).open(FlowsUse.AUTO, "wan2").isEmpty());
    Optional<QosException> failure = Optional.of(new ProbeException("no permission"));
    assertTrue(choice(YES, failure).open(FlowsUse.AUTO, "wan2").isEmpty());
  }

  @Test
  void whatMustBeThereIsAnErrorThatNamesTheFix() throws Exception {
    FlowsChoice lacking = choice(NO, Optional.empty());
    ProbeException e = assertThrows(ProbeException.class, () -> lacking.open(FlowsUse.ON, "wan2"));
    assertEquals(
        "the users' flows cannot be looked at: tcpdump is not installed; to fix: apt-get install tcpdump",
        e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = FlowsUse.class,
      names = {"AUTO", "OFF"})
  void aBuildWithoutTheProbeWorksWithoutIt(FlowsUse use) throws Exception {
    Plugins<ProbeProvider> none = Plugins.of(ProbeProvider.class, List.of(), List.of());
    assertTrue(new FlowsChoice(none, new FakeHost()).open(use, "wan2").isEmpty());
  }
}
