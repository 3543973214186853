package io.github.qosrl.core.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.host.Host;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

class PluginsTest {
  private final Host host = new FakeHost();

  private record Fake(String id, int priority, Availability availability)
      implements ShaperProvider {
    @Override
    public String description() {
      return "a fake";
    }

    @Override
    public Availability availability(Host host) {
      return availability;
    }

    @Override
    public Shaper create(Host host, Settings settings) {
      return new FakeShaper();
    }
  }

  private static Fake works(String id, int priority) {
    return new Fake(id, priority, Availability.yes("it is a fake"));
  }

  private static Fake broken(String id, int priority) {
    return new Fake(id, priority, Availability.no("no kernel module", "modprobe sch_" + id));
  }

  private static Plugins<ShaperProvider> of(ShaperProvider... providers) throws PluginException {
    return Plugins.of(ShaperProvider.class, List.of(providers), List.of());
  }

  @Test
  void theBestIsTheAvailableOneOfHighestPriority() throws Exception {
    Plugins<ShaperProvider> plugins = of(works("tbf", 1), works("htb", 5), broken("cake", 9));
    assertEquals("htb", plugins.best(host).id());
    assertEquals("cake", plugins.require("cake").id());
    assertEquals(Optional.empty(), plugins.find("red"));
    assertEquals(List.of("cake", "htb", "tbf"), plugins.all().stream().map(Provider::id).toList());
  }

  @Test
  void aTieIsAnError() {
    PluginException e =
        assertThrows(PluginException.class, () -> of(works("tbf", 5), works("htb", 5)).best(host));
    assertEquals(
        "shapers 'htb' and 'tbf' have the same priority, 5; name the one to use", e.getMessage());
  }

  @Test
  void aTieBelowTheBestIsNone() throws Exception {
    assertEquals("c", of(works("a", 1), works("b", 1), works("c", 2)).best(host).id());
  }

  @Test
  void twoOfTheSameNameAreAnError() {
    String message =
        assertThrows(PluginException.class, () -> of(works("tbf", 1), works("tbf", 2))).toString();
    assertTrue(message.contains("call themselves 'tbf'"), message);
  }

  @Test
  void ifNoneWorksTheReasonsAndFixesAreTold() {
    PluginException e =
        assertThrows(
            PluginException.class, () -> of(broken("cake", 9), broken("tbf", 1)).best(host));
    assertEquals(
        """
        no shaper works on fake
          - cake: no kernel module; to fix: modprobe sch_cake
          - tbf: no kernel module; to fix: modprobe sch_tbf""",
        e.getMessage());
  }

  @Test
  void aProviderWhoseCheckFailsIsUnavailable() throws Exception {
    ShaperProvider faulty = Mockito.mock(ShaperProvider.class);
    Mockito.when(faulty.id()).thenReturn("faulty");
    Mockito.when(faulty.availability(host)).thenThrow(new IllegalStateException("boom"));
    assertEquals("tbf", of(faulty, works("tbf", -1)).best(host).id());
    String message = assertThrows(PluginException.class, () -> of(faulty).best(host)).toString();
    assertTrue(message.contains("faulty: it is broken: java.lang.IllegalStateException: boom"));
  }

  @Test
  void ifThereIsNoneAtAllTheArtifactIsTold() {
    String best = assertThrows(PluginException.class, () -> of().best(host)).toString();
    assertTrue(best.contains("add io.github.qosrl:qos-linux-tc"), best);
    String named = assertThrows(PluginException.class, () -> of().require("tbf")).toString();
    assertTrue(named.contains("there is no shaper 'tbf'; there are: none"), named);
    assertTrue(named.contains("add io.github.qosrl:qos-linux-tc"), named);
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThereAre() {
    PluginException e =
        assertThrows(
            PluginException.class, () -> of(works("htb", 1), works("tbf", 1)).require("tfb"));
    assertEquals("there is no shaper 'tfb'; there are: htb, tbf", e.getMessage());
  }

  @Test
  void brokenProvidersAreReportedAndTheOthersWork(@TempDir Path directory) throws Exception {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ShaperProvider.class.getName()),
        String.join(
            "\n",
            "no.such.Provider",
            ExplodingProvider.class.getName(),
            PluginsTest.class.getName(),
            WorkingProvider.class.getName()));
    Plugins<ShaperProvider> plugins = loadFrom(directory);
    assertEquals("working", plugins.require("working").id());
    assertEquals(3, plugins.failures().size(), plugins.failures().toString());
    String message = assertThrows(PluginException.class, () -> plugins.require("x")).toString();
    assertTrue(message.contains("no.such.Provider"), message);
    assertTrue(message.contains("ExplodingProvider"), message);
    assertTrue(message.contains("PluginsTest not a subtype"), message);
  }

  private static Plugins<ShaperProvider> loadFrom(Path directory) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return Plugins.shapers();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Works. */
  public static final class WorkingProvider implements ShaperProvider {
    @Override
    public String id() {
      return "working";
    }

    @Override
    public String description() {
      return "works";
    }

    @Override
    public Shaper create(Host host, Settings settings) {
      return new FakeShaper();
    }
  }

  /** Cannot be made. */
  public static final class ExplodingProvider implements ShaperProvider {
    /** Fails. */
    public ExplodingProvider() {
      throw new IllegalStateException("boom");
    }

    @Override
    public String id() {
      return "exploding";
    }

    @Override
    public String description() {
      return "explodes";
    }

    @Override
    public Shaper create(Host host, Settings settings) {
      return new FakeShaper();
    }
  }
}
