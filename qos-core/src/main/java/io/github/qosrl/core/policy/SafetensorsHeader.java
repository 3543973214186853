package io.github.qosrl.core.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON header of a safetensors file. */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> inFileOrder) {
  private static final String METADATA = "__metadata__";
  private static final int MAX_DIMENSIONS = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Where one tensor lies. The shape is not copied. */
  @SuppressWarnings("ArrayRecordComponent") // internal, and never compared
  record Entry(String name, int[] shape, long from, long to) implements Comparable<Entry> {
    int bytes() {
      return Math.toIntExact(to - from);
    }

    @Override
    public int compareTo(Entry other) {
      int first = Long.compare(from, other.from);
      return first != 0 ? first : Long.compare(to, other.to);
    }
  }

  /**
   * Reads a header.
   *
   * @throws IOException if it is malformed, or its tensors overlap, leave gaps or are too large
   */
  static SafetensorsHeader parse(String text) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT, "the header");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (name.equals(METADATA)) {
          readMetadata(json, metadata);
        } else {
          entries.add(readEntry(json, name));
        }
      }
      if (json.nextToken() != null) {
        throw new IOException("more than one value in the header");
      }
    } catch (JsonProcessingException e) {
      throw new IOException("the header is not valid JSON: " + e.getOriginalMessage(), e);
    }
    Collections.sort(entries);
    checkLayout(entries);
    return new SafetensorsHeader(metadata, entries);
  }

  private static void readMetadata(JsonParser json, Map<String, String> metadata)
      throws IOException {
    expect(json, json.nextToken(), JsonToken.START_OBJECT, METADATA);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(json, json.nextToken(), JsonToken.VALUE_STRING, METADATA + " '" + key + "'");
      metadata.put(key, json.getText());
    }
  }

  private static Entry readEntry(JsonParser json, String name) throws IOException {
    String what = "tensor '" + name + "'";
    expect(json, json.nextToken(), JsonToken.START_OBJECT, what);
    String dtype = "(none)";
    long[] shape = null;
    long[] offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "dtype" -> dtype = json.getValueAsString("(none)");
        case "shape" -> shape = readNumbers(json, what + " shape");
        case "data_offsets" -> offsets = readNumbers(json, what + " data_offsets");
        default -> throw new IOException(what + " has an unknown key '" + key + "'");
      }
    }
    if (!dtype.equals("F32")) {
      throw new IOException(what + " has dtype " + dtype + "; accepted: F32");
    }
    if (shape == null || offsets == null || offsets.length != 2) {
      throw new IOException(what + " lacks its shape or its two data_offsets");
    }
    return entry(what, name, shape, offsets[0], offsets[1]);
  }

  private static Entry entry(String what, String name, long[] shape, long from, long to)
      throws IOException {
    long size = Float.BYTES;
    int[] dimensions = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 1 || shape[i] > Safetensors.MAX_DATA) {
        throw new IOException(what + " has a dimension of " + shape[i]);
      }
      dimensions[i] = (int) shape[i];
      size = Math.min(size * shape[i], 2L * Safetensors.MAX_DATA);
    }
    if (from < 0 || to > Safetensors.MAX_DATA || to - from != size) {
      throw new IOException(
          "%s lies at %d to %d, but its shape needs %d bytes within %d"
              .formatted(what, from, to, size, Safetensors.MAX_DATA));
    }
    return new Entry(name, dimensions, from, to);
  }

  private static long[] readNumbers(JsonParser json, String what) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY, what);
    long[] numbers = new long[MAX_DIMENSIONS];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
      if (n == MAX_DIMENSIONS) {
        throw new IOException(what + " has more than " + MAX_DIMENSIONS + " numbers");
      }
      numbers[n++] = json.getLongValue();
    }
    return Arrays.copyOf(numbers, n);
  }

  private static void checkLayout(List<Entry> sorted) throws IOException {
    long end = 0;
    for (Entry entry : sorted) {
      if (entry.from() != end) {
        throw new IOException(
            "tensor '%s' starts at %d, but the one before it ends at %d: they %s"
                .formatted(
                    entry.name(),
                    entry.from(),
                    end,
                    entry.from() < end ? "overlap" : "leave a gap"));
      }
      end = entry.to();
    }
  }

  private static void expect(JsonParser json, JsonToken token, JsonToken wanted, String what)
      throws IOException {
    if (token != wanted) {
      throw new IOException(
          "%s is not %s, at character %d of the header"
              .formatted(what, noun(wanted), json.currentLocation().getCharOffset()));
    }
  }

  private static String noun(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      default -> "a whole number";
    };
  }

  /** Writes the header of tensors that lie one after another, in the map's order. */
  static String format(Map<String, String> metadata, Map<String, Safetensors.Tensor> tensors)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart(METADATA);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long end = 0;
      for (Map.Entry<String, Safetensors.Tensor> tensor : tensors.entrySet()) {
        long from = end;
        end += (long) Float.BYTES * tensor.getValue().values().length;
        json.writeObjectFieldStart(tensor.getKey());
        json.writeStringField("dtype", "F32");
        json.writeFieldName("shape");
        int[] shape = tensor.getValue().shape();
        json.writeArray(shape, 0, shape.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {from, end}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
