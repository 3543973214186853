package io.github.qosrl.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.examples.live.LiveLine;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Shows how a live controller does: a line, or a JSON object, for each second. */
final class RunScreen implements LoopListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final boolean json;
  private final String announcement;
  private Instant next = Instant.MIN;

  /**
   * @param announcement what to say once the link is under control
   */
  RunScreen(Terminal terminal, boolean json, String announcement) {
    this.terminal = terminal;
    this.announcement = announcement;
    this.json = json;
  }

  @Override
  public void onStart(Observation first) {
    terminal.note(announcement);
  }

  @Override
  public void onTick(Tick tick) {
    Instant now = tick.step().observation().time();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(PERIOD);
    if (json) {
      terminal.printRaw(object(tick));
    } else {
      terminal.live(LiveLine.of(tick));
    }
  }

  @Override
  public void onEvent(LoopEvent event) {
    terminal.note("@|yellow %s|@ %s".formatted(event.kind(), event.message()));
  }

  private static String object(Tick tick) {
    Observation seen = tick.step().observation();
    ObjectNode node = JSON.createObjectNode();
    node.put("time", seen.time().toString());
    for (Direction d : Direction.values()) {
      seen.plan().limit(d).ifPresent(r -> node.put("limit_" + d.label(), r.bitsPerSecond()));
    }
    node.put("reward", tick.step().reward());
    node.put("fallback", tick.fallback());
    ObjectNode metrics = node.putObject("metrics");
    for (Measurement measurement : seen.measurements()) {
      for (Map.Entry<Metric, Double> entry : measurement.asMap().entrySet()) {
        String name = entry.getKey().toString();
        if (!metrics.has(name)) {
          metrics.put(name, entry.getValue());
        }
      }
    }
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
