package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.LoopbackSshd;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool, on a router over SSH: the same shapers and probes. Needs root. */
final class SshIT {
  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TwoNamespaces router;

  @SuppressWarnings("NullAway.Init")
  private LoopbackSshd sshd;

  @BeforeEach
  void build() throws Exception {
    router = new TwoNamespaces();
    sshd = LoopbackSshd.start(folder, router.host().substring("netns:".length()));
  }

  @AfterEach
  void remove() throws Exception {
    // There are none where the test is skipped.
    if (sshd != null) {
      sshd.close();
    }
    if (router != null) {
      router.close();
    }
  }

  private Tool run() throws Exception {
    return Tool.start(
        "run", "--host", sshd.address(), "--wan", "wan0", "--target", TwoNamespaces.SERVER);
  }

  @Test
  void controlsTheRouterUntilItIsTold() throws Exception {
    String before = router.qdiscs();
    try (Tool tool = run()) {
      tool.await("RTT ");
      assertTrue(router.qdiscs().contains("htb"), router.qdiscs());
      tool.signal("TERM");
      assertEquals(143, tool.exitCode(), tool.text());
    }
    assertEquals(before, router.qdiscs());
  }

  @Test
  void evenKillLeavesTheRouterAsItWasFound() throws Exception {
    String before = router.qdiscs();
    try (Tool tool = run()) {
      tool.await("RTT ");
      tool.signal("KILL");
      tool.exitCode();
    }
    for (int i = 0; i < 600 && !router.qdiscs().equals(before); i++) {
      Thread.sleep(100);
    }
    assertEquals(before, router.qdiscs());
  }

  @Test
  void probesAndDoctorLookAtTheRouter() throws Exception {
    try (Tool probe =
        Tool.start(
            "probe",
            "--host",
            sshd.address(),
            "--target",
            TwoNamespaces.SERVER,
            "--interface",
            "wan0",
            "--count",
            "5",
            "--json")) {
      assertEquals(0, probe.exitCode(), probe.text());
      assertTrue(probe.text().contains("\"rtt.mean\""), probe.text());
    }
    try (Tool doctor = Tool.start("doctor", "--host", sshd.address())) {
      assertEquals(0, doctor.exitCode(), doctor.text());
      assertTrue(doctor.text().contains("CAP_NET_ADMIN"), doctor.text());
    }
  }

  @Test
  void aRouterThatNobodyKnowsIsRefusedInOneLine() throws Exception {
    String address =
        sshd.address().replaceFirst("known-hosts=[^&]*", "known-hosts=" + folder + "/no");
    try (Tool tool = Tool.start("tc", "show", "--host", address, "--wan", "wan0")) {
      assertEquals(ExitCode.ENVIRONMENT.code(), tool.exitCode(), tool.text());
      assertTrue(tool.text().contains("ssh-keyscan"), tool.text());
    }
  }
}
