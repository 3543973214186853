package io.github.qosrl.probes.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordAndPlaybackTest extends ProbeContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");
  @TempDir private Path directory;

  private static List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Instant from = START.plusMillis(100L * i);
      all.add(
          Measurement.builder(from, from.plusMillis(100))
              .put(Metrics.RTT_MEAN, 0.1 + i / 3.0)
              .put(Metrics.RTT_MEAN.in("2001:db8::1"), Math.nextUp(0.2))
              .put(Metrics.throughput(Direction.UPLOAD), 1e9 / 7)
              .delays(
                  List.of(
                      new DelaySample("192.0.2.1", from.plusNanos(7), Duration.ofNanos(1234567))))
              .build());
    }
    return all;
  }

  private static final class Script implements Probe {
    private final List<Measurement> left = new ArrayList<>(measurements());

    @Override
    public Set<Metric> metrics() {
      return left.get(0).metrics();
    }

    @Override
    public Measurement measure(Duration timeout) {
      return left.remove(0);
    }

    @Override
    public void close() {}
  }

  private Path recorded() throws Exception {
    Path file = directory.resolve("recording.jsonl");
    try (Probe probe = RecordingProbe.open(new Script(), file)) {
      for (int i = 0; i < 50; i++) {
        probe.measure(TIMEOUT);
      }
    }
    return file;
  }

  @Override
  protected Probe probe() throws Exception {
    return Plugins.probes()
        .require("playback")
        .create(new FakeHost(), Settings.of("p", Map.of("file", recorded().toString())));
  }

  @Test
  void whatWasRecordedPlaysBackEqual() throws Exception {
    try (Probe probe = probe()) {
      for (Measurement expected : measurements()) {
        assertEquals(expected, probe.measure(TIMEOUT));
      }
      ProbeException e = assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT));
      assertTrue(String.valueOf(e.getMessage()).contains("ended after 50"), e.getMessage());
    }
  }

  @Test
  void aDamagedLineIsNamed() throws Exception {
    Path file = recorded();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, lines.get(2).substring(0, 40));
    Files.write(file, lines);
    InputFileException e =
        assertThrows(InputFileException.class, () -> PlaybackProbe.open(file).close());
    assertTrue(String.valueOf(e.getMessage()).contains("line 3"), e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = directory.resolve("nothing");
    InputFileException e =
        assertThrows(InputFileException.class, () -> PlaybackProbe.open(file).close());
    assertTrue(String.valueOf(e.getMessage()).contains("nothing"));
    assertThrows(ProbeException.class, () -> RecordingProbe.open(new Script(), directory).close());
  }

  @Test
  void aFullDiskDoesNotStopTheMeasuring() throws Exception {
    // /dev/full fails each write with "No space left on device" (full(4)).
    try (Probe probe = RecordingProbe.open(new Script(), Path.of("/dev/full"))) {
      assertEquals(measurements().get(0), probe.measure(TIMEOUT));
      assertEquals(measurements().get(1), probe.measure(TIMEOUT));
    }
  }
}
