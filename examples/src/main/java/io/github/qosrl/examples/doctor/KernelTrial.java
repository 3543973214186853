package io.github.qosrl.examples.doctor;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tries which kinds of qdisc this kernel really has, on the loopback of a network namespace of its
 * own: modules that are listed but cannot be loaded do not fool it.
 */
public final class KernelTrial {
  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "tbf", "tbf rate 1mbit burst 10kb latency 50ms",
              "htb", "htb",
              "cake", "cake bandwidth 1mbit",
              "fq_codel", "fq_codel",
              "netem", "netem delay 1ms",
              "ingress", "ingress"));

  private final Host host;
  private final String namespace = "qosdoctor-" + ProcessHandle.current().pid();

  KernelTrial(Host host) {
    this.host = host;
  }

  /**
   * Which kinds of qdisc cannot be used here.
   *
   * @param kinds of those that this class knows
   * @throws HostException if no network namespace can be made
   */
  public static List<String> lacking(Host host, List<String> kinds)
      throws HostException, InterruptedException {
    KernelTrial trial = new KernelTrial(host);
    try (ExitGuard guard = ExitGuard.start(host)) {
      guard.undo(List.of(Command.of("ip", "netns", "del", trial.namespace)));
      host.run(Command.of("ip", "netns", "add", trial.namespace)).orThrow();
      try {
        List<String> lacking = new ArrayList<>(kinds);
        for (String kind : kinds) {
          if (trial.works(kind)) {
            lacking.remove(kind);
          }
        }
        return lacking;
      } finally {
        host.run(Command.of("ip", "netns", "del", trial.namespace));
      }
    }
  }

  List<Finding> findings() throws InterruptedException {
    try (ExitGuard guard = ExitGuard.start(host)) {
      guard.undo(List.of(Command.of("ip", "netns", "del", namespace)));
      host.run(Command.of("ip", "netns", "add", namespace)).orThrow();
      try {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("namespaces", "can be made: the laboratory can run"));
        findings.add(qdiscs());
        findings.add(ifb());
        return findings;
      } finally {
        host.run(Command.of("ip", "netns", "del", namespace));
      }
    } catch (HostException e) {
      return List.of(
          Finding.missing(
              "namespaces",
              "cannot be made: " + e.getMessage(),
              "run it with sudo, not in a container"));
    }
  }

  private Finding qdiscs() throws HostException, InterruptedException {
    List<String> have = new ArrayList<>();
    List<String> lack = new ArrayList<>();
    for (String kind : KINDS.keySet()) {
      (works(kind) ? have : lack).add(kind);
    }
    String detail =
        "has "
            + (have.isEmpty() ? "none" : String.join(", ", have))
            + (lack.isEmpty() ? "" : "; lacks " + String.join(", ", lack));
    if (!have.contains("tbf") && !have.contains("htb")) {
      return Finding.needed("qdiscs", detail, "use a kernel with sch_htb or sch_tbf");
    }
    return lack.isEmpty()
        ? Finding.ok("qdiscs", detail)
        : Finding.missing("qdiscs", detail, "use a kernel with sch_" + String.join(", sch_", lack));
  }

  private boolean works(String kind) throws HostException, InterruptedException {
    boolean ingress = kind.equals("ingress");
    boolean works = tc("qdisc add dev lo " + (ingress ? "" : "root ") + KINDS.get(kind));
    if (works) {
      tc("qdisc del dev lo " + (ingress ? "ingress" : "root"));
    }
    return works;
  }

  private Finding ifb() throws HostException, InterruptedException {
    boolean works =
        host.run(Command.of("ip", "-n", namespace, "link", "add", "ifb-try", "type", "ifb")).ok();
    return works
        ? Finding.ok("ifb", "can be made: the download can be shaped on the WAN interface")
        : Finding.missing("ifb", "cannot be made: the download needs --lan", "sudo modprobe ifb");
  }

  private boolean tc(String words) throws HostException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("tc", "-n", namespace));
    argv.addAll(List.of(words.split(" ", -1)));
    return host.run(Command.of(argv)).ok();
  }
}
