package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Estimate.Source;
import io.github.qosrl.core.LimitingFactor;
import io.github.qosrl.core.LinkState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the state of a link is shown. */
final class StateTableTest {
  private static final DirectionState DOWN =
      new DirectionState(
          Direction.DOWNLOAD,
          new Estimate(0.0424, Source.ONE_WAY, 0.04, 1),
          new Estimate(19.5e6, Source.ARRIVALS, 0.1, 0.9),
          new Estimate(20.06e6, Source.ARRIVALS, 12.34, 0.9),
          LimitingFactor.LINK,
          0.003,
          0.87);

  private static final DirectionState UP =
      new DirectionState(
          Direction.UPLOAD,
          new Estimate(0.0012, Source.ROUND_TRIP_REST, 1.5, 0.9),
          Estimate.UNKNOWN,
          Estimate.UNKNOWN,
          LimitingFactor.DRAINING,
          0,
          1);

  private static LinkState state(EchoSight echoes) {
    return new LinkState(
        DOWN, UP, new Estimate(0.02, Source.ROUND_TRIP, 0, 1), Estimate.UNKNOWN, echoes);
  }

  @Test
  void aRowForEachDirectionSaysWhereEachFigureCameFrom() {
    List<String> lines = StateTable.of(state(EchoSight.SEES), true);
    assertEquals(4, lines.size(), lines.toString());
    assertEquals(
        "down|42|one way|0.0|20.1|arrivals|12.3|link|87 %",
        lines.get(2).strip().replaceAll(" {2,}", "|"));
    assertEquals(
        "up|1.2|round trip rest|1.5|–|draining|100 %",
        lines.get(3).strip().replaceAll(" {2,}", "|"));
  }

  @Test
  void fitsATerminal() {
    for (String line : StateTable.of(state(EchoSight.SEES), true)) {
      assertTrue(line.length() <= 100, line.length() + ": " + line);
    }
  }

  @Test
  void saysWhatToThinkOfEchoesThatDoNotTellTheQueues() {
    assertTrue(last(state(EchoSight.BLIND)).startsWith("echoes do not wait where the users'"));
    assertTrue(last(state(EchoSight.SILENT)).endsWith("told by the users' packets"));
    assertTrue(last(LinkState.UNKNOWN).endsWith("name targets that answer, or use --flows"));
    assertFalse(StateTable.of(LinkState.UNKNOWN, false).toString().contains("echo"));
  }

  private static String last(LinkState state) {
    List<String> lines = StateTable.of(state, true);
    return lines.get(lines.size() - 1);
  }

  @Test
  void aLineHasTheQueuesAlone() {
    assertEquals(
        "queue  down 42 ms (one-way)  up 1.2 ms (round-trip-rest)",
        StateTable.line(state(EchoSight.SEES)));
    assertEquals("queue  down –  up –", StateTable.line(LinkState.UNKNOWN));
  }

  @Test
  void theJsonLeavesOutWhatIsUnknown() throws Exception {
    ObjectNode parent = new ObjectMapper().createObjectNode();
    StateTable.addTo(parent, state(EchoSight.BLIND));
    JsonNode json = new ObjectMapper().readTree(parent.toString()).get("state");
    assertEquals(0.0424, json.at("/download/queue/value").asDouble());
    assertEquals("one-way", json.at("/download/queue/source").asText());
    assertEquals(12.34, json.at("/download/capacity/age").asDouble());
    assertEquals(0.87, json.at("/download/coverage").asDouble());
    assertEquals("draining", json.at("/upload/limit").asText());
    assertTrue(json.at("/upload/capacity").isMissingNode(), json.toString());
    assertEquals("blind", json.at("/echoes").asText());
    assertEquals(0.02, json.at("/baseline/value").asDouble());
  }
}
