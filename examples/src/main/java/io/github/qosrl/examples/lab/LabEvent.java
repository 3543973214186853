package io.github.qosrl.examples.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a laboratory in another kernel tells while it runs: a moment of an agent's run, as one line
 * of JSON. The results come in a file, with the same mapping.
 *
 * @param agent the agent's name
 * @param seed the run's seed
 * @param moment what is seen
 */
public record LabEvent(String agent, long seed, Moment moment) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As a line, without its end. */
  public String line() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The event on a line of a console; empty if something else wrote the line. */
  static Optional<LabEvent> parse(String line) {
    if (!line.startsWith("{\"agent\"")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(line, LabEvent.class));
    } catch (JsonProcessingException e) {
      // A kernel's message may fall into the middle of a line; there will be another event.
      return Optional.empty();
    }
  }

  /** Writes results where {@link #read} finds them. */
  public static void write(Path file, List<RunResult> results) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(results));
  }

  static List<RunResult> read(Path file) throws IOException {
    return List.of(JSON.readValue(Files.readAllBytes(file), RunResult[].class));
  }
}
