package io.github.qosrl.linux.tc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Real traffic between the client and the server of a {@link RouterLab}, by iperf3. */
final class Traffic implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private static final int BUSY_ATTEMPTS = 150;

  private final RouterLab lab;
  private final HostProcess server;

  private Traffic(RouterLab lab, HostProcess server) {
    this.lab = lab;
    this.server = server;
  }

  static Traffic start(RouterLab lab) throws Exception {
    Traffic traffic = new Traffic(lab, lab.server.start(Command.of("iperf3", "-s")));
    Command probe = Command.of("iperf3", "-c", RouterLab.SERVER, "-n", "1K");
    for (int i = 0; i < 50 && !lab.client.run(probe).ok(); i++) {
      // The server needs a moment to listen; the client's own start is the pause.
    }
    return traffic;
  }

  /**
   * Bits a second that arrived, headers of the link included.
   *
   * @param expected about how many that should be: iperf3 3.16 and later count whole blocks only,
   *     and one of the usual 128 KiB is a second of 1 Mbit/s
   */
  double tcp(String server, boolean download, Duration time, BitRate expected) throws Exception {
    long block = Math.max(1 << 10, Math.min(128 << 10, expected.bitsPerSecond() / 8 / 100));
    List<String> options = new ArrayList<>(List.of("-O", "1", "-l", Long.toString(block)));
    if (download) {
      options.add("-R");
    }
    JsonNode json = run(lab.client, server, time, options);
    double payload = json.path("end").path("sum_received").path("bits_per_second").asDouble();
    int headers = server.contains(":") ? 14 + 40 + 32 : 14 + 20 + 32;
    return payload * 1514 / (1514 - headers);
  }

  private static JsonNode run(Host client, String server, Duration time, List<String> options)
      throws Exception {
    List<String> argv =
        new ArrayList<>(
            List.of("iperf3", "-J", "-c", server, "-t", Long.toString(time.toSeconds())));
    argv.addAll(options);
    for (int attempt = 1; ; attempt++) {
      CommandResult result = client.run(Command.of(argv).within(time.plusSeconds(30)));
      JsonNode json = JSON.readTree(result.stdout());
      if (!json.has("error")) {
        return json;
      }
      // The server learns of the end of the transfer before only when the slow link has told it.
      if (attempt == BUSY_ATTEMPTS || !json.path("error").asText().contains("busy")) {
        throw new AssertionError(json.path("error").asText());
      }
      Thread.sleep(200);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
