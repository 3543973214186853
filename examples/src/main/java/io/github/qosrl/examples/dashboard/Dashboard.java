package io.github.qosrl.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small web server that shows a run: {@code /} is a page with graphs, {@code /history?after=TIME}
 * its data as JSON, {@code /metrics} the present for Prometheus. It only shows: nothing can be
 * changed by it. Nobody is asked for a password, so listen on loopback, or where only friends are.
 * On loopback it answers only who asks for this machine by its address or as {@code localhost}: a
 * page from elsewhere that has its own name resolve to 127.0.0.1 learns nothing.
 *
 * <p>Thread-safe. Its threads are daemons of low priority: control comes first.
 */
public final class Dashboard implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 2;
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");

  private final RunHistory history;
  private final String title;
  private final HttpServer server;
  private final ExecutorService threads;
  private final byte[] page;

  private Dashboard(HttpServer server, RunHistory history, String title, byte[] page) {
    this.server = server;
    this.history = history;
    this.title = title;
    this.page = page;
    this.threads = Executors.newFixedThreadPool(THREADS, Dashboard::thread);
  }

  /**
   * Opens it.
   *
   * @param address where to listen; port 0 for any that is free
   * @param title one line about what is controlled
   * @throws QosException if it cannot listen there
   */
  public static Dashboard open(InetSocketAddress address, RunHistory history, String title)
      throws QosException {
    try (InputStream in = Dashboard.class.getResourceAsStream("dashboard.html")) {
      byte[] page = Objects.requireNonNull(in, "dashboard.html").readAllBytes();
      HttpServer server = HttpServer.create(address, 0);
      Dashboard dashboard = new Dashboard(server, history, title, page);
      server.setExecutor(dashboard.threads);
      server.createContext("/", dashboard::answer);
      server.start();
      return dashboard;
    } catch (IOException e) {
      throw new QosException(
          "the dashboard cannot listen on %s:%d (%s); choose another port with --http"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "qos-dashboard");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /** Where it is, for a browser. */
  public String url() {
    String host = server.getAddress().getAddress().getHostAddress();
    return "http://%s:%d/"
        .formatted(host.contains(":") ? "[" + host + "]" : host, server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "only GET\n".getBytes(UTF_8));
      } else if (!mayAsk(exchange.getRequestHeaders().getFirst("Host"))) {
        send(exchange, 403, "text/plain", ("ask for " + url() + "\n").getBytes(UTF_8));
      } else if (path.equals("/")) {
        send(exchange, 200, "text/html", page);
      } else if (path.equals("/history")) {
        long after = after(exchange.getRequestURI().getQuery());
        send(exchange, 200, "application/json", JSON.writeValueAsBytes(json(after)));
      } else if (path.equals("/metrics")) {
        byte[] text = PrometheusText.of(history).getBytes(UTF_8);
        send(exchange, 200, "text/plain; version=0.0.4", text);
      } else {
        send(exchange, 404, "text/plain", "there are: / /history /metrics\n".getBytes(UTF_8));
      }
    }
  }

  private boolean mayAsk(@Nullable String host) {
    return !server.getAddress().getAddress().isLoopbackAddress()
        || host == null
        || LOOPBACK.matcher(host).matches();
  }

  /** Whatever is no number asks for everything. */
  private static long after(@Nullable String query) {
    try {
      return query == null || !query.startsWith("after=") ? 0 : Long.parseLong(query.substring(6));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private ObjectNode json(long after) {
    ObjectNode root = JSON.createObjectNode().put("title", title);
    ArrayNode seconds = root.putArray("seconds");
    for (Second second : history.after(after)) {
      ObjectNode node = JSON.valueToTree(second);
      // What is not known is absent; JSON has no NaN.
      node.properties()
          .removeIf(e -> e.getValue().isDouble() && Double.isNaN(e.getValue().asDouble()));
      seconds.add(node);
    }
    ArrayNode events = root.putArray("events");
    for (LoopEvent event : history.events()) {
      events
          .addObject()
          .put("time", event.time().getEpochSecond())
          .put("kind", event.kind().name())
          .put("message", event.message());
    }
    return root;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
