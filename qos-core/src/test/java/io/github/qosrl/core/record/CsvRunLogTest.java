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
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.Tick;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRunLogTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Metric> METRICS =
      List.of(Metrics.RTT_MEAN, Metrics.throughput(Direction.DOWNLOAD), Metrics.RTT_MEAN.in("a,b"));
  private static final String HEADER =
      "time,tick,proposed_download,proposed_upload,applied_download,applied_upload,reward,done,"
          + "fallback,decision,queue_download,queue_download_source,queue_upload,"
          + "queue_upload_source,capacity_download,capacity_upload,limited_by_download,"
          + "limited_by_upload,events,rtt.mean,throughput[download],\"rtt.mean[a,b]\"";

  /** The columns of a state that nobody estimated. */
  private static final String UNKNOWN = ",none,,none,,,unknown,unknown";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("run.csv");
  }

  private static Tick tick(long number) {
    Instant now = START.plusMillis(100 * (number + 1));
    Measurement window =
        Measurement.builder(now.minusMillis(100), now)
            .put(Metrics.RTT_MEAN, 0.025)
            .put(Metrics.JITTER, 0.001)
            .put(Metrics.RTT_MEAN.in("a,b"), 0.5)
            .build();
    Observation seen = new Observation(now, List.of(window), ShapingPlan.UNLIMITED);
    return new Tick(
        number,
        seen,
        ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")),
        ShapingPlan.of(Direction.UPLOAD, BitRate.parse("4mbit")),
        new Step(seen, -0.5, false, number == 1),
        number == 1,
        Duration.ofNanos(1500));
  }

  @Test
  void aTickIsARow() throws Exception {
    try (CsvRunLog log = CsvRunLog.open(file, METRICS)) {
      log.onTick(tick(0));
      log.onEvent(new LoopEvent(START, LoopEvent.Kind.LATE, "by 3 ms,\nor so"));
      log.onEvent(new LoopEvent(START, LoopEvent.Kind.LATE, "\"again\""));
      log.onTick(tick(1));
      log.onTick(tick(2));
    }
    assertEquals(
        List.of(
            HEADER,
            "2026-01-01T00:00:00.100Z,0,20000000,5000000,,4000000,-0.5,,0,1.5E-6,"
                + UNKNOWN
                + ",,0.025,,0.5",
            "2026-01-01T00:00:00.200Z,1,20000000,5000000,,4000000,-0.5,truncated,1,1.5E-6,"
                + UNKNOWN
                + ",\"LATE: by 3 ms, or so | LATE: \"\"again\"\"\",0.025,,0.5",
            "2026-01-01T00:00:00.300Z,2,20000000,5000000,,4000000,-0.5,,0,1.5E-6,"
                + UNKNOWN
                + ",,0.025,,0.5"),
        Files.readAllLines(file));
  }

  @Test
  void aSecondRunIsAddedWithoutAnotherHeader() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (CsvRunLog log = CsvRunLog.open(file, METRICS)) {
        log.onTick(tick(i));
        log.onStop(Optional.empty());
        assertEquals(2 + i, Files.readAllLines(file).size());
      }
    }
    assertEquals(1, Files.readAllLines(file).stream().filter(HEADER::equals).count());
  }

  @Test
  void aFileWithOtherColumnsIsLeftAlone() throws Exception {
    for (String content : List.of("a,b,c\n1,2,3\n", "\0\377\n")) {
      Files.writeString(file, content);
      String message =
          assertThrows(QosException.class, () -> CsvRunLog.open(file, METRICS)).toString();
      assertTrue(message.contains("name another file"), message);
      assertEquals(content, Files.readString(file));
    }
  }

  @Test
  void aRunWithoutATickLeavesNoRow() throws Exception {
    try (CsvRunLog log = CsvRunLog.open(file, METRICS)) {
      log.onStop(Optional.empty());
    }
    assertEquals("", Files.readString(file));
  }
}
