package io.github.qosrl.core.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.contract.SampleObservations;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final ShapingPlan PROPOSED =
      ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit"))
          .withShares(Direction.UPLOAD, Map.of("voice", 0.25));
  private static final ShapingPlan APPLIED =
      ShapingPlan.of(Direction.DOWNLOAD, BitRate.parse("17500001bit"));

  @TempDir private Path directory;
  private Path file;
  private final List<RunRecord> happened = new ArrayList<>();

  @BeforeEach
  void name() {
    file = directory.resolve("run.log");
  }

  private static Tick tick(long number, Observation before, Observation after) {
    Step step = new Step(after, 0.1 * number - 1, false, number == 7);
    return new Tick(
        number, before, PROPOSED, APPLIED, step, number % 2 == 1, Duration.ofNanos(12_345));
  }

  /** A run of a few ticks over two episodes, told to a listener. */
  private void run(LoopListener log) {
    List<Observation> seen = SampleObservations.congestion().subList(0, 20);
    log.onStart(seen.get(0));
    happened.add(new RunRecord.Start(seen.get(0)));
    for (int i = 1; i < seen.size(); i++) {
      // The eighth tick's episode is over: the ninth starts from another observation.
      Observation before = i == 9 ? SampleObservations.empty() : seen.get(i - 1);
      Tick tick = tick(i - 1, before, seen.get(i));
      log.onTick(tick);
      happened.add(new RunRecord.Turn(tick));
      if (i == 5) {
        LoopEvent event =
            new LoopEvent(
                seen.get(i).time(), LoopEvent.Kind.PROBE_FAILED, "ping: \"no\", or\nso, é");
        log.onEvent(event);
        happened.add(new RunRecord.Event(event));
      }
    }
    log.onStop(Optional.of(new QosException("the link is gone")));
    happened.add(new RunRecord.Stop("the link is gone"));
  }

  private List<RunRecord> read() throws QosException {
    try (Stream<RunRecord> records = RunLog.read(file)) {
      return records.toList();
    }
  }

  @Test
  void whatWasWrittenIsReadBackWithoutLoss() throws Exception {
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      run(log);
    }
    assertEquals(happened, read());
  }

  @Test
  void theEndOfTheRunIsInTheFileBeforeClose() throws Exception {
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      run(log);
      assertEquals(happened, read());
    }
  }

  @Test
  void everyTickIsInTheFileASecondLaterAtTheLatest() throws Exception {
    List<Observation> seen = SampleObservations.congestion();
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      log.onStart(seen.get(0));
      for (int i = 1; i < 40; i++) {
        log.onTick(tick(i - 1, seen.get(i - 1), seen.get(i)));
        int inFile = read().size();
        assertTrue(inFile >= i + 1 - 10, "after " + i + " ticks of 0.1 s: " + inFile);
      }
    }
  }

  @Test
  void aSecondRunIsAddedToTheFirst() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
        run(log);
      }
    }
    assertEquals(happened, read());
  }

  @Test
  void anUnfinishedLastLineIsRemovedBeforeMoreIsAdded() throws Exception {
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      run(log);
    }
    Files.writeString(file, "{\"type\":\"tick\",\"ti", StandardOpenOption.APPEND);
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      run(log);
    }
    assertEquals(happened, read());
  }

  @Test
  void aMetricOfAThirdPartyKeepsItsUnit() throws Exception {
    Metric own = Metric.of("radio.sinr", Metric.Unit.COUNT).in("cell 7");
    Observation seen =
        new Observation(
            Instant.EPOCH,
            List.of(Measurement.builder(Instant.EPOCH, Instant.EPOCH).put(own, -3.25).build()),
            ShapingPlan.UNLIMITED);
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      log.onStart(seen);
    }
    assertEquals(List.of(new RunRecord.Start(seen)), read());
  }

  @Test
  void transitionsAreWhatALearnerNeeds() throws Exception {
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      run(log);
    }
    List<Transition> transitions;
    try (Stream<Transition> read = RunLog.transitions(file)) {
      transitions = read.toList();
    }
    assertEquals(19, transitions.size());
    assertTrue(transitions.get(7).truncated());
    assertEquals(SampleObservations.empty(), transitions.get(8).observation());
    assertEquals(APPLIED, transitions.get(8).action());
  }

  @Test
  void aBrokenLineIsToldWithItsNumber() throws Exception {
    for (String broken :
        List.of(
            "garbage",
            "",
            "[]",
            "{}",
            "null",
            "{\"type\":\"tick\"}",
            "{\"type\":\"start\",\"version\":2}",
            "{\"type\":\"event\",\"time\":\"yesterday\",\"kind\":\"LATE\",\"message\":\"\"}",
            "{\"type\":\"stop\"} x",
            "{\"type\":\"stop\"")) {
      Files.writeString(file, "{\"type\":\"stop\"}\n" + broken + "\n");
      String message = assertThrows(UncheckedIOException.class, this::read).toString();
      assertTrue(message.contains("line 2: "), broken + " → " + message);
    }
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    String message = assertThrows(QosException.class, this::read).toString();
    assertTrue(message.endsWith("there is no such file"), message);
  }

  @Test
  void aFullDiskEndsTheLoggingAndNothingElse() throws Exception {
    Path full = Path.of("/dev/full");
    try (JsonLinesRunLog json = JsonLinesRunLog.open(full);
        CsvRunLog csv = CsvRunLog.open(full, List.of(Metrics.RTT_MEAN))) {
      run(json);
      run(csv);
      assertTrue(json.failure().orElseThrow().toString().contains("No space left"));
      assertTrue(csv.failure().orElseThrow().toString().contains("No space left"));
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsToldAtOnce() {
    for (Path path : List.of(directory, directory.resolve("nowhere/run.csv"))) {
      String message =
          assertThrows(QosException.class, () -> CsvRunLog.open(path, List.of())).toString();
      assertTrue(message.contains("cannot be written: "), message);
      assertThrows(QosException.class, () -> JsonLinesRunLog.open(path));
    }
  }
}
