package io.github.qosrl.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.examples.report.ResultTable;
import io.github.qosrl.examples.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is believed of a link, direction by direction: for people, and as JSON. */
final class StateTable {
  private static final String UNKNOWN = "–";

  private StateTable() {}

  /**
   * A row for each direction, each figure with where it came from and how old it is; and a line
   * that says what to think of echoes, if that is not as it should be.
   *
   * @param echoesAsked whether anybody was asked for echoes
   */
  static List<String> of(LinkState state, boolean echoesAsked) {
    Table table =
        new Table(
            "direction",
            "queue ms",
            "by",
            "age s",
            "capacity Mbit/s",
            "by",
            "age s",
            "limited by",
            "coverage");
    for (Direction direction : Direction.values()) {
      table.row(row(state.of(direction)));
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (echoesAsked && state.echoes() != EchoSight.SEES) {
      lines.add(echoes(state));
    }
    return lines;
  }

  /** One line: the queue of each direction. */
  static String line(LinkState state) {
    List<String> parts = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Estimate queue = state.of(direction).queueDelay();
      String by = queue.known() ? " ms (" + queue.source().label() + ")" : "";
      parts.add(label(direction) + " " + millis(queue) + by);
    }
    return "queue  " + String.join("  ", parts);
  }

  /** Adds the state to an object; what is unknown is left out. Times in seconds, rates in bit/s. */
  static void addTo(ObjectNode parent, LinkState state) {
    ObjectNode json = parent.putObject("state");
    for (Direction direction : Direction.values()) {
      DirectionState side = state.of(direction);
      ObjectNode node = json.putObject(direction.label());
      add(node, "queue", side.queueDelay());
      add(node, "departures", side.departures());
      add(node, "capacity", side.capacity());
      node.put("limit", side.limit().label());
      node.put("shaper", side.shaperDelay());
      node.put("coverage", side.coverage());
    }
    add(json, "baseline", state.baseline());
    add(json, "inflation", state.inflation());
    json.put("echoes", state.echoes().label());
  }

  private static void add(ObjectNode parent, String name, Estimate estimate) {
    if (estimate.known()) {
      parent
          .putObject(name)
          .put("value", estimate.value())
          .put("source", estimate.source().label())
          .put("age", estimate.age())
          .put("certainty", estimate.certainty());
    }
  }

  private static String[] row(DirectionState side) {
    return new String[] {
      label(side.direction()),
      millis(side.queueDelay()),
      source(side.queueDelay()),
      age(side.queueDelay()),
      side.capacity().known() ? ResultTable.megabits(side.capacity().value()) : UNKNOWN,
      source(side.capacity()),
      age(side.capacity()),
      side.limit().label(),
      ResultTable.percent(side.coverage())
    };
  }

  private static String label(Direction direction) {
    return direction == Direction.DOWNLOAD ? "down" : "up";
  }

  private static String millis(Estimate seconds) {
    return seconds.known() ? ResultTable.millis(seconds.value()) : UNKNOWN;
  }

  private static String source(Estimate estimate) {
    return estimate.known() ? estimate.source().label().replace('-', ' ') : "";
  }

  private static String age(Estimate estimate) {
    return estimate.known() ? String.format(Locale.ROOT, "%.1f", estimate.age()) : "";
  }

  private static String echoes(LinkState state) {
    String otherwise =
        state.blind()
            ? "no queue is known: name targets that answer, or use --flows"
            : "the queues are told by the users' packets";
    return switch (state.echoes()) {
      case SEES -> "";
      case SILENT -> "no echo is answered; " + otherwise;
      case CONTRADICTORY -> "the echoes of the targets contradict each other; " + otherwise;
      case BLIND -> "echoes do not wait where the users' packets do; " + otherwise;
    };
  }
}
