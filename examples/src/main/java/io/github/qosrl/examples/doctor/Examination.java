package io.github.qosrl.examples.doctor;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.DqnLearner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that a controller, the laboratory and training need. */
public final class Examination {
  private static final int CAP_NET_ADMIN = 12;

  private final Host host;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(Host host) {
    this.host = host;
  }

  /** All findings, the most needed first. Leaves nothing behind. */
  public static List<Finding> of(Host host) throws InterruptedException {
    Examination examination = new Examination(host);
    examination.java();
    boolean mayChange = examination.permission();
    examination.tools();
    examination.findings.addAll(Signals.on(host));
    examination.kernel(mayChange);
    examination.backend();
    return List.copyOf(examination.findings);
  }

  private void java() {
    findings.add(Finding.ok("java", Runtime.version().toString()));
  }

  private boolean permission() {
    try {
      String status = host.read("/proc/self/status");
      String mask =
          status.lines().filter(l -> l.startsWith("CapEff:")).findFirst().orElse("CapEff: 0");
      long capabilities = Long.parseUnsignedLong(mask.substring(7).strip(), 16);
      boolean may = (capabilities >> CAP_NET_ADMIN & 1) == 1;
      findings.add(
          may
              ? Finding.ok("permission", "CAP_NET_ADMIN: may change links")
              : Finding.needed(
                  "permission", "no CAP_NET_ADMIN: cannot change links", "run it with sudo"));
      return may;
    } catch (HostException e) {
      findings.add(
          Finding.needed("permission", String.valueOf(e.getMessage()), "run it with sudo"));
      return false;
    }
  }

  private void tools() throws InterruptedException {
    tool("tc", "iproute2", true, "-V");
    tool("ping", "iputils-ping", true, "-V");
    tool("fping", "fping", false, "-v");
    tool("irtt", "irtt", false, "version");
    tool("iperf3", "iperf3", false, "--version");
    tool("ethtool", "ethtool", false, "--version");
    tool("tcpdump", "tcpdump", false, "--version");
  }

  private void tool(String name, String debianPackage, boolean needed, String flag)
      throws InterruptedException {
    try {
      CommandResult result = host.run(Command.of(name, flag));
      String text = result.stdout().isBlank() ? result.stderr() : result.stdout();
      findings.add(Finding.ok(name, text.lines().findFirst().orElse("").strip()));
    } catch (HostException e) {
      String fix = "sudo apt-get install " + debianPackage;
      findings.add(
          needed
              ? Finding.needed(name, "is not installed", fix)
              : Finding.missing(name, "is not installed", fix));
    }
  }

  private void kernel(boolean mayChange) throws InterruptedException {
    if (!mayChange) {
      findings.add(
          Finding.missing("queueing", "cannot be tried without permission", "run it with sudo"));
      return;
    }
    findings.addAll(new KernelTrial(host).findings());
  }

  private void backend() {
    Instant begin = MonotonicClock.system().now();
    try (DqnLearner learner = new DqnLearner(DqnConfig.defaults(), 1, 2)) {
      Duration took = Duration.between(begin, MonotonicClock.system().now());
      findings.add(
          Finding.ok("nd4j", "a backend loads, in %.1f s".formatted(took.toMillis() / 1e3)));
    } catch (IllegalStateException | LinkageError e) {
      findings.add(
          Finding.missing(
              "nd4j",
              "no backend loads, so nothing can be trained: " + e.getMessage(),
              "add org.nd4j:nd4j-native with the classifier of this platform to the class path"));
    }
  }
}
