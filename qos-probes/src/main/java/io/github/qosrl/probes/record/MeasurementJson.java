package io.github.qosrl.probes.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A measurement as one line of JSON: {@code from}, {@code to}, {@code metrics} (list of name, unit,
 * scope, value) and {@code delays} (list of target, time, nanoseconds). What is written reads back
 * equal, bit by bit.
 */
final class MeasurementJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MeasurementJson() {}

  static String write(Measurement m) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("from", m.from().toString());
      json.writeStringField("to", m.to().toString());
      json.writeArrayFieldStart("metrics");
      for (Map.Entry<Metric, Double> entry : m.asMap().entrySet()) {
        Metric metric = entry.getKey();
        json.writeStartArray();
        json.writeString(metric.name());
        json.writeString(metric.unit().name().toLowerCase(Locale.ROOT));
        json.writeString(metric.scope());
        json.writeNumber(entry.getValue());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("delays");
      for (DelaySample sample : m.delays()) {
        json.writeStartArray();
        json.writeString(sample.target());
        json.writeString(sample.receivedAt().toString());
        json.writeNumber(sample.rtt().toNanos());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not a measurement
   */
  static Measurement read(String line) {
    JsonNode root;
    try {
      root = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    try {
      Measurement.Builder m =
          Measurement.builder(
              Instant.parse(root.path("from").asText()), Instant.parse(root.path("to").asText()));
      for (JsonNode metric : root.path("metrics")) {
        m.put(metric(metric), number(metric.path(3)));
      }
      List<DelaySample> delays = new ArrayList<>();
      for (JsonNode sample : root.path("delays")) {
        delays.add(
            new DelaySample(
                sample.path(0).asText(),
                Instant.parse(sample.path(1).asText()),
                Duration.ofNanos(sample.path(2).asLong(-1))));
      }
      return m.delays(delays).build();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a recorded measurement: " + e.getMessage(), e);
    }
  }

  private static Metric metric(JsonNode node) {
    String unit = node.path(1).asText().toUpperCase(Locale.ROOT);
    return new Metric(node.path(0).asText(), Metric.Unit.valueOf(unit), node.path(2).asText());
  }

  private static double number(JsonNode node) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("'" + node + "' is not a number");
    }
    return node.doubleValue();
  }
}
