package io.github.qosrl.examples.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.control.LoopEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunHistoryTest {
  private final RunHistory history = new RunHistory();

  @Test
  void aSecondHoldsTheMeansOfItsTicksAndTheWorstDelay() {
    history.onTick(Ticks.at(5_000, 10e6, 0.010));
    history.onTick(Ticks.at(5_900, 30e6, 0.002));
    history.onTick(Ticks.blind(6_000));
    Second second = history.after(0).get(0);
    assertEquals(5, second.time());
    assertEquals(20e6, second.downloadThroughput());
    assertEquals(20e6, second.downloadLimit());
    assertEquals(0.010, second.inflation());
    assertEquals(0.026, second.rtt(), 1e-9);
    assertEquals(-0.5, second.reward());
  }

  @Test
  void whatIsNotLimitedOrNotMeasuredIsNotANumber() {
    history.onTick(Ticks.blind(5_000));
    history.onTick(Ticks.blind(6_000));
    Second second = history.after(0).get(0);
    assertTrue(Double.isNaN(second.uploadLimit()));
    assertTrue(Double.isNaN(second.rtt()));
    assertTrue(Double.isNaN(second.inflation()));
  }

  @Test
  void aSecondIsToldWhenItIsOverAndOnce() {
    history.onTick(Ticks.blind(5_000));
    assertEquals(List.of(), history.after(0));
    history.onTick(Ticks.blind(6_000));
    history.onTick(Ticks.blind(7_000));
    assertEquals(List.of(5L, 6L), history.after(0).stream().map(Second::time).toList());
    assertEquals(List.of(6L), history.after(5).stream().map(Second::time).toList());
  }

  @Test
  void anHourIsKeptAndNoMore() {
    for (long second = 1; second <= RunHistory.SECONDS + 10; second++) {
      history.onTick(Ticks.blind(1000 * second));
      history.onEvent(new LoopEvent(Instant.EPOCH, LoopEvent.Kind.LATE, "event " + second));
    }
    assertEquals(RunHistory.SECONDS, history.after(0).size());
    assertEquals(10, history.after(0).get(0).time());
    assertEquals(RunHistory.EVENTS, history.events().size());
    assertEquals(Map.of(LoopEvent.Kind.LATE, RunHistory.SECONDS + 10L), history.eventCounts());
  }
}
