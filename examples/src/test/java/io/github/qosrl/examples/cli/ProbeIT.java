package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.probes.iperf3.Iperf3Server;
import org.junit.jupiter.api.Test;

/** {@code qos probe} against a server of its own. Needs root. */
final class ProbeIT {

  @Test
  void anIperf3TestSucceedsOnlyWithAServer() throws Exception {
    try (TwoNamespaces router = new TwoNamespaces();
        Host host = Hosts.parse(router.host())) {
      try (Tool without = probe(router, "4")) {
        assertEquals(ExitCode.ENVIRONMENT.code(), without.exitCode(), without.text());
        assertTrue(without.text().contains("no test against 127.0.0.1"), without.text());
      }
      try (Iperf3Server server = Iperf3Server.start(host, "127.0.0.1", 5201);
          Tool with = probe(router, "40")) {
        assertEquals(5201, server.port());
        assertEquals(ExitCode.OK.code(), with.exitCode(), with.text());
        assertTrue(with.text().contains("\"bandwidth.available[download]\""), with.text());
      }
    }
  }

  private static Tool probe(TwoNamespaces router, String windows) throws Exception {
    return Tool.start(
        "probe",
        "--host",
        router.host(),
        "--iperf3",
        "127.0.0.1",
        "--interval",
        "500ms",
        "--count",
        windows,
        "--json");
  }
}
