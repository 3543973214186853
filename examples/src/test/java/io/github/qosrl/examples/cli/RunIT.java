package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.examples.embed.SeveralUplinks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code qos run} on a real interface. Needs root. */
final class RunIT {
  private static final String CONTROLS = "RTT ";

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TwoNamespaces router;

  @BeforeEach
  void build() throws Exception {
    router = new TwoNamespaces();
  }

  @AfterEach
  void remove() throws Exception {
    // There is none where the test is skipped.
    if (router != null) {
      router.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void aSignalLeavesTheInterfaceAsItWasFound(String signal, int code) throws Exception {
    String before = router.qdiscs();
    try (Tool tool = run()) {
      tool.await(CONTROLS);
      assertTrue(router.qdiscs().contains("htb"), router.qdiscs());
      tool.signal(signal);
      assertEquals(code, tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("as it was found"), tool.text());
    }
    assertEquals(before, router.qdiscs());
  }

  @Test
  void evenKillLeavesTheInterfaceAsItWasFound() throws Exception {
    String before = router.qdiscs();
    try (Tool tool = run()) {
      tool.await(CONTROLS);
      tool.signal("KILL");
      tool.exitCode();
    }
    for (int i = 0; i < 600 && !router.qdiscs().equals(before); i++) {
      Thread.sleep(100);
    }
    assertEquals(before, router.qdiscs());
  }

  @Test
  void oneProcessControlsSeveralUplinksAndRestoresThemAll() throws Exception {
    String wan = router.qdiscs("wan0");
    String lo = router.qdiscs("lo");
    String[] links = {"wan0=" + TwoNamespaces.SERVER, "lo=127.0.0.1"};
    try (Tool program = Tool.start(router.inside(), SeveralUplinks.class, links)) {
      for (String device : List.of("wan0", "lo")) {
        for (int i = 0; i < 600 && !router.qdiscs(device).contains("htb"); i++) {
          Thread.sleep(100);
        }
        assertTrue(router.qdiscs(device).contains("htb"), program.text());
      }
      program.signal("TERM");
      assertEquals(ExitCode.TERMINATED.code(), program.exitCode(), program.text());
    }
    assertEquals(wan, router.qdiscs("wan0"));
    assertEquals(lo, router.qdiscs("lo"));
  }

  @Test
  void anInterfaceThatSomebodyElseShapesIsLeftAloneUnlessAskedTo() throws Exception {
    router.tc("qdisc add dev wan0 root tbf rate 7mbit burst 10kb latency 40ms");
    String before = router.qdiscs();
    try (Tool tool = run()) {
      assertEquals(ExitCode.IN_USE.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("somebody else"), tool.text());
    }
    assertEquals(before, router.qdiscs());
  }

  @Test
  void aSecondControllerIsRefused() throws Exception {
    try (Tool first = run()) {
      first.await(CONTROLS);
      try (Tool second = run()) {
        assertEquals(ExitCode.IN_USE.code(), second.exitCode(), second.text());
      }
      assertTrue(router.qdiscs().contains("htb"));
    }
  }

  @Test
  void anUnresolvableTargetIsNamedAndNothingIsTouched() throws Exception {
    String before = router.qdiscs();
    try (Tool tool =
        Tool.start(
            "run",
            "--host",
            router.host(),
            "--wan",
            "wan0",
            "--target",
            "no.such.invalid",
            "--duration",
            "3s")) {
      assertEquals(ExitCode.ENVIRONMENT.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("no.such.invalid"), tool.text());
      assertOneLine(tool);
    }
    assertEquals(before, router.qdiscs());
  }

  @Test
  void anUnreachableTargetIsNamedAndTheLinkStaysUnderControl() throws Exception {
    try (Tool tool =
        Tool.start(
            "run",
            "--host",
            router.host(),
            "--wan",
            "wan0",
            "--target",
            "10.78.0.99",
            "--duration",
            "12s")) {
      tool.await("loss 100 %");
      assertEquals(ExitCode.ENVIRONMENT.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("no reply came from 10.78.0.99"), tool.text());
      assertOneLine(tool);
    }
    assertFalse(router.qdiscs().contains("htb"));
  }

  @Test
  void withoutPermissionItSaysSo() throws Exception {
    // Root by name only: another user might not be able to read the class path.
    List<String> powerless = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--");
    try (Tool tool =
        Tool.start(powerless, "run", "--wan", "lo", "--target", "127.0.0.1", "--duration", "1s")) {
      assertEquals(ExitCode.ENVIRONMENT.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("ermi"), tool.text());
      assertOneLine(tool);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tc,/usr/sbin,iproute2",
    "ping,/usr/bin,iputils-ping",
    "iperf3,/usr/bin,iperf3",
  })
  void aMissingToolIsNamedWithThePackage(String tool, String bin, String debianPackage)
      throws Exception {
    // In a mount namespace of its own, the folder holds links to all that was there but the tool.
    String hide =
        """
        mkdir -p "$1/real" "$1/less"; mount --bind %2$s "$1/real"; cp -rs "$1/real/." "$1/less"
        rm -f "$1/less/%1$s"; mount --bind "$1/less" %2$s; shift; exec "$@"
        """
            .formatted(tool, bin);
    List<String> without = List.of("unshare", "--mount", "sh", "-c", hide, "sh", folder.toString());
    Path more = Files.writeString(folder.resolve("qos.yaml"), "iperf3: {server: 127.0.0.1}\n");
    try (Tool run =
        Tool.start(
            without,
            "run",
            "--wan",
            "lo",
            "--target",
            "127.0.0.1",
            "--probe",
            "ping",
            "--shaper",
            "tbf",
            "--config",
            more.toString(),
            "--duration",
            "1s")) {
      assertEquals(ExitCode.ENVIRONMENT.code(), run.exitCode(), run.text());
      assertTrue(run.text().contains(tool), run.text());
      assertTrue(run.text().contains(debianPackage), run.text());
      assertOneLine(run);
    }
  }

  @Test
  void aFullDiskEndsTheLogAndNotTheControl() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    // One page: ten ticks of 160 fill it.
    mount("mount", "-t", "tmpfs", "-o", "size=4k", "qos", disk.toString());
    try (Tool tool = run("--duration", "8s", "--log", disk.resolve("run.jsonl").toString())) {
      assertEquals(ExitCode.ENVIRONMENT.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("No space left"), tool.text());
      assertTrue(tool.text().contains("run.jsonl' is incomplete"), tool.text());
    } finally {
      mount("umount", disk.toString());
    }
    assertFalse(router.qdiscs().contains("htb"));
  }

  @Test
  void aChangedConfigurationIsTakenOverWithoutARestartUnlessItHasMistakes() throws Exception {
    String link =
        "host: %s\nwan: wan0\ntargets: %s\nshaper: htb\nagent: static\n"
            .formatted(router.host(), TwoNamespaces.SERVER);
    Path file = Files.writeString(folder.resolve("qos.yaml"), link + "start: 7mbit\n");
    try (Tool tool = Tool.start("run", "--config", file.toString())) {
      tool.await("of    7.0 Mbit/s");
      Files.writeString(file, link + "start: fast\n");
      tool.await("'start' = 'fast' is not accepted");
      Files.writeString(file, link + "start: 9mbit\nlan: nosuch0\n");
      tool.await("cannot be used: ");
      Files.writeString(file, link + "start: 9mbit\n");
      tool.await("of    9.0 Mbit/s");
      assertTrue(router.classes().contains("rate 9Mbit"), router.classes());
      tool.signal("TERM");
      assertEquals(143, tool.exitCode(), tool.text());
    }
    assertFalse(router.qdiscs().contains("htb"));
  }

  @Test
  void aDryRunShowsTheCommandsAndRunsNone() throws Exception {
    String before = router.qdiscs();
    try (Tool tool = run("--dry-run")) {
      assertEquals(ExitCode.OK.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("tc qdisc add dev wan0 root"), tool.text());
    }
    assertEquals(before, router.qdiscs());
  }

  private Tool run(String... more) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "run",
                "--host",
                router.host(),
                "--wan",
                "wan0",
                "--target",
                TwoNamespaces.SERVER,
                "--shaper",
                "htb"));
    args.addAll(List.of(more));
    return Tool.start(args.toArray(String[]::new));
  }

  private static void assertOneLine(Tool tool) throws Exception {
    List<String> lines = tool.text().lines().filter(l -> l.startsWith("qos: ")).toList();
    assertEquals(1, lines.size(), tool.text());
    assertFalse(tool.text().contains("\tat "), tool.text());
  }

  private static void mount(String... words) throws Exception {
    assertEquals(0, new ProcessBuilder(words).inheritIO().start().waitFor());
  }
}
