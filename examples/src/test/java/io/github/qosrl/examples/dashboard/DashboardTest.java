package io.github.qosrl.examples.dashboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asked over HTTP, as a browser and Prometheus ask. */
final class DashboardTest {
  private final RunHistory history = new RunHistory();
  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private Dashboard dashboard;

  @BeforeEach
  void open() throws Exception {
    dashboard = Dashboard.open(anyPort(), history, "autorate controls eth0");
  }

  @AfterEach
  void close() {
    dashboard.close();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Test
  void thePageNeedsNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = get("");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<!DOCTYPE html>"));
    assertFalse(page.body().contains("http:") || page.body().contains("https:"));
  }

  @Test
  void theHistoryLeavesOutWhatIsNotKnown() throws Exception {
    history.onTick(Ticks.at(5_000, 10e6, 0.010));
    history.onTick(Ticks.blind(6_000));
    history.onEvent(new LoopEvent(Instant.EPOCH, LoopEvent.Kind.LATE, "a <late> tick"));
    JsonNode all = new ObjectMapper().readTree(get("history?after=0").body());
    assertEquals("autorate controls eth0", all.get("title").asText());
    JsonNode second = all.get("seconds").get(0);
    assertEquals(20e6, second.get("download_limit").asDouble());
    assertFalse(second.has("upload_limit"), second.toString());
    assertFalse(second.has("jitter"), second.toString());
    assertEquals("a <late> tick", all.get("events").get(0).get("message").asText());
    assertTrue(new ObjectMapper().readTree(get("history?after=5").body()).get("seconds").isEmpty());
  }

  @Test
  void prometheusGetsUnitsAndScopes() throws Exception {
    history.onTick(Ticks.at(5_000, 10e6, 0.010));
    String text = get("metrics").body();
    assertTrue(text.contains("# TYPE qos_rtt_mean_seconds gauge\n"), text);
    assertTrue(text.contains("qos_rtt_mean_seconds{scope=\"192.0.2.1\"} 0.03\n"), text);
    assertTrue(text.contains("qos_limit_bits_per_second{scope=\"download\"} 2.0E7\n"), text);
    assertTrue(text.contains("qos_throughput_bits_per_second{scope=\"download\"} 1.0E7\n"), text);
    assertTrue(text.contains("qos_loss_ratio 0.0\n"), text);
    assertTrue(text.contains("qos_ticks_total 42.0\n"), text);
    assertTrue(text.contains("qos_events_total{kind=\"LINK_LOST\"} 0.0\n"), text);
  }

  @Test
  void beforeTheFirstTickThereIsNothingToTellAndNoFailure() throws Exception {
    assertEquals(200, get("metrics").statusCode());
    assertTrue(
        new ObjectMapper().readTree(get("history?after=soon").body()).get("seconds").isEmpty());
  }

  @Test
  void nothingElseIsAnswered() throws Exception {
    assertEquals(404, get("etc/passwd").statusCode());
    HttpRequest post = request("").POST(HttpRequest.BodyPublishers.ofString("x")).build();
    assertEquals(405, client.send(post, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aPageThatLetsItsOwnNameResolveToThisMachineLearnsNothing() throws Exception {
    int port = URI.create(dashboard.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET /history HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(12), US_ASCII);
      assertEquals("HTTP/1.1 403", answer);
    }
    HttpRequest byName = HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
    assertEquals(200, client.send(byName, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    URI url = URI.create(dashboard.url());
    InetSocketAddress taken = new InetSocketAddress(url.getHost(), url.getPort());
    QosException e =
        assertThrows(QosException.class, () -> Dashboard.open(taken, history, "another"));
    assertTrue(e.getMessage().contains(String.valueOf(url.getPort())), e.getMessage());
    assertTrue(e.getMessage().contains("--http"), e.getMessage());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(dashboard.url() + path));
  }
}
