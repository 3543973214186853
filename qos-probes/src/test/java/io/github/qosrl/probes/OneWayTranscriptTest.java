package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fping 5.3 and irtt 0.9.0 printed while netem began to delay one direction. */
@Timeout(60)
class OneWayTranscriptTest {

  @ParameterizedTest
  @CsvSource({
    "fping/timestamp-5.3, download, 5",
    "fping/timestamp-5.3, upload, 50",
    "fping/timestamp-5.3, upload, 300",
    "irtt/client-0.9.0, download, 5",
    "irtt/client-0.9.0, upload, 50",
    "irtt/client-0.9.0, upload, 300"
  })
  void theDelayIsSeenInItsDirectionOnly(String program, String delayed, int millis)
      throws Exception {
    Direction direction = Direction.valueOf(delayed.toUpperCase(Locale.ROOT));
    Direction other = direction == Direction.UPLOAD ? Direction.DOWNLOAD : Direction.UPLOAD;
    TimedTranscript transcript =
        new TimedTranscript(read("%s-%s-%dms.txt".formatted(program, delayed, millis)));
    boolean irtt = program.startsWith("irtt");
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of(irtt ? "192.0.2.1" : address(transcript))))
            .interval(Duration.ofMillis(100))
            .build();
    List<Measurement> windows = transcript.measure(irtt ? "irtt" : "fping-timestamp", options);
    assertEquals(millis, TimedTranscript.quartileMillis(windows, direction), 1);
    assertEquals(0, TimedTranscript.quartileMillis(windows, other), 0.5);
    Measurement last =
        windows.stream()
            .filter(m -> m.has(Metrics.RTT_MEAN))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertEquals(millis / 1e3, last.get(Metrics.RTT_MEAN).orElseThrow(), 0.01, last.toString());
    assertEquals(0, last.get(Metrics.LOSS).orElseThrow(), last.toString());
    assertEquals(
        last.get(Metrics.PROBES_RECEIVED).orElseThrow(),
        last.get(FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(direction)).orElseThrow(),
        last.toString());
  }

  private static String address(TimedTranscript transcript) {
    String line = transcript.toString().lines().skip(1).findFirst().orElseThrow();
    return line.split(" ", 3)[1];
  }

  private static String read(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(OneWayTranscriptTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
