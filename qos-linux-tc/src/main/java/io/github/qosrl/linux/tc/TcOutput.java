package io.github.qosrl.linux.tc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.qosrl.core.BitRate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what {@code tc -j -s … show} prints. Pure; any other text is a parse error. */
final class TcOutput {
  private static final JsonMapper JSON = new JsonMapper();

  // "class htb 905:10 parent 905:1 prio 2 rate 1234Kbit ceil 20Mbit burst 19999b cburst 1600b"
  private static final Pattern CLASS =
      Pattern.compile(
          "class htb ([0-9a-f]{0,8}:[0-9a-f]{0,8}) .*?\\brate (\\S+) (?:.* )?ceil (\\S+) .*");
  private static final Pattern SENT =
      Pattern.compile(
          "\\s*Sent (\\d{1,18}) bytes (\\d{1,18}) pkt"
              + " \\(dropped (\\d{1,18}), overlimits (\\d{1,18}) .*");
  private static final Pattern BACKLOG =
      Pattern.compile("\\s*backlog (\\d{1,15})([KMG]?)b (\\d{1,18})p .*");

  private TcOutput() {}

  /** The text is not what {@code tc} prints. */
  static final class ParseException extends Exception {
    private static final long serialVersionUID = 1L;

    ParseException(String message) {
      super(message);
    }
  }

  /** Reads {@code qdisc show}. */
  static List<QdiscState> qdiscs(String text) throws ParseException {
    List<QdiscState> qdiscs = new ArrayList<>();
    for (JsonNode json : array(text, "qdisc")) {
      List<Counters> tins = new ArrayList<>();
      for (JsonNode tin : json.path("tins")) {
        tins.add(tin(tin));
      }
      qdiscs.add(
          new QdiscState(
              required(json, "kind"),
              required(json, "handle"),
              json.path("root").asBoolean() ? QdiscState.ROOT : json.path("parent").asText(),
              json.path("options"),
              Counters.of(json),
              tins));
    }
    return qdiscs;
  }

  private static Counters tin(JsonNode json) {
    return new Counters(
        json.path("sent_bytes").asLong(),
        json.path("sent_packets").asLong(),
        json.path("drops").asLong(),
        0,
        json.path("backlog_bytes").asLong(),
        0);
  }

  /** Reads {@code class show}: JSON, or the plain text of iproute2 before 6.2. */
  static List<ClassState> classes(String text) throws ParseException {
    return text.startsWith("[") ? classesFromJson(text) : classesFromText(text);
  }

  private static List<ClassState> classesFromJson(String text) throws ParseException {
    List<ClassState> classes = new ArrayList<>();
    for (JsonNode json : array(text, "class")) {
      if (json.path("class").asText().equals("htb")) {
        classes.add(
            new ClassState(
                required(json, "handle"),
                8.0 * json.path("rate").asLong(),
                8.0 * json.path("ceil").asLong(),
                Counters.of(json.path("stats"))));
      }
    }
    return classes;
  }

  private static List<ClassState> classesFromText(String text) throws ParseException {
    List<ClassState> classes = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher head = line.startsWith("class ") ? CLASS.matcher(line) : null;
      if (head != null && head.matches()) {
        classes.add(
            new ClassState(head.group(1), rate(head.group(2)), rate(head.group(3)), Counters.ZERO));
        continue;
      }
      int last = classes.size() - 1;
      if (last >= 0) {
        ClassState c = classes.get(last);
        classes.set(
            last, new ClassState(c.id(), c.rate(), c.ceiling(), counted(c.counters(), line)));
      }
    }
    return classes;
  }

  private static Counters counted(Counters so, String line) {
    Matcher sent = SENT.matcher(line);
    if (line.contains("Sent ") && sent.matches()) {
      return new Counters(
          Long.parseLong(sent.group(1)),
          Long.parseLong(sent.group(2)),
          Long.parseLong(sent.group(3)),
          Long.parseLong(sent.group(4)),
          so.backlog(),
          so.queued());
    }
    Matcher waiting = BACKLOG.matcher(line);
    if (line.contains("backlog ") && waiting.matches()) {
      // print_size() of iproute2 writes 1024-based units.
      int shift = 10 * ("KMG".indexOf(waiting.group(2)) + 1);
      long bytes = Long.parseLong(waiting.group(1)) << (waiting.group(2).isEmpty() ? 0 : shift);
      return new Counters(
          so.bytes(),
          so.packets(),
          so.drops(),
          so.overlimits(),
          bytes,
          Long.parseLong(waiting.group(3)));
    }
    return so;
  }

  /** Whether {@code filter show} lists a filter of this preference. */
  static boolean hasFilter(String text, int preference) {
    return filters(text).stream().anyMatch(f -> f.path("pref").asInt() == preference);
  }

  /** Whether {@code filter show} lists nothing. */
  static boolean hasNoFilter(String text) {
    return filters(text).isEmpty();
  }

  /** Whether {@code filter show} lists a filter that sends packets out of this interface. */
  static boolean redirects(String text, String device) {
    for (JsonNode filter : filters(text)) {
      for (JsonNode action : filter.path("options").path("actions")) {
        if (action.path("to_dev").asText().equals(device)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<JsonNode> filters(String text) {
    try {
      return array(text, "filter");
    } catch (ParseException e) {
      return List.of();
    }
  }

  private static double rate(String text) throws ParseException {
    try {
      return BitRate.parse(text).bitsPerSecond();
    } catch (IllegalArgumentException e) {
      if (text.matches("0[a-zA-Z]+")) {
        return 0;
      }
      throw new ParseException("tc shows a rate of '" + text + "'");
    }
  }

  /** The elements of one JSON array of objects. */
  static List<JsonNode> array(String text, String what) throws ParseException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ParseException(
          "cannot read tc's list of %ss: %s".formatted(what, e.getOriginalMessage()));
    }
    if (json == null || json instanceof MissingNode || !json.isArray()) {
      throw new ParseException("tc's list of %ss is not a JSON array".formatted(what));
    }
    List<JsonNode> elements = new ArrayList<>();
    for (JsonNode element : json) {
      // tc -d ends some lists with an empty object.
      if (element.isObject() && !element.isEmpty()) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static String required(JsonNode json, String field) throws ParseException {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new ParseException("tc shows an entry without '" + field + "'");
    }
    return value.asText();
  }
}
