package io.github.qosrl.core.spi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static Settings settings(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return Settings.of("probe 'ping'", values);
  }

  private static List<String> problems(Settings settings) {
    return assertThrows(ConfigurationException.class, settings::check).problems();
  }

  @Test
  void readsEveryType() {
    Settings s =
        settings(
            "text", "a b",
            "list", "a, b,,c ",
            "flag", "Yes",
            "integer", " 7 ",
            "number", "0.5",
            "duration", "200ms",
            "rate", "20mbit",
            "word", "up",
            "target.a", "1",
            "target.b", "2");
    assertEquals("a b", s.requiredText("text"));
    assertEquals(List.of("a", "b", "c"), s.list("list", List.of()));
    assertEquals(true, s.flag("flag", false));
    assertEquals(7, s.integer("integer", 1, 0, 10));
    assertEquals(0.5, s.number("number", 1, 0, 1));
    assertEquals(Duration.ofMillis(200), s.duration("duration", Duration.ZERO));
    assertEquals(Optional.of(BitRate.parse("20mbit")), s.bitRate("rate"));
    assertEquals("up", s.oneOf("word", "down", Set.of("up", "down")));
    assertEquals(Map.of("a", "1", "b", "2"), s.section("target"));
    assertDoesNotThrow(s::check);
  }

  @Test
  void defaultsStandInForWhatIsMissing() {
    Settings s = Settings.none("probe 'ping'");
    assertEquals("x", s.text("text", "x"));
    assertEquals(List.of("x"), s.list("list", List.of("x")));
    assertEquals(true, s.flag("flag", true));
    assertEquals(3, s.integer("integer", 3, 0, 10));
    assertEquals(0.25, s.number("number", 0.25, 0, 1));
    assertEquals(Duration.ofSeconds(1), s.duration("duration", Duration.ofSeconds(1)));
    assertEquals(BitRate.parse("1mbit"), s.bitRate("rate", BitRate.parse("1mbit")));
    assertEquals(Map.of(), s.section("target"));
    assertDoesNotThrow(s::check);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    Settings s = settings("count", "many", "interval", "fast", "rate", "quick", "colour", "red");
    s.integer("count", 1, 0, 10);
    s.duration("interval", Duration.ZERO);
    s.bitRate("rate");
    s.requiredText("target");
    assertEquals(
        List.of(
            "probe 'ping': 'count' = 'many' is not accepted; accepted: a whole number from 0 to 10",
            "probe 'ping': 'interval' = 'fast' is not accepted; accepted: a time such as 200ms, 5s"
                + " or 10m",
            "probe 'ping': 'rate' = 'quick' is not accepted; accepted: a rate such as 20mbit or"
                + " 512kbit",
            "probe 'ping': 'target' is missing",
            "probe 'ping': 'colour' is unknown; known: count, interval, rate, target"),
        problems(s));
  }

  @ParameterizedTest
  @CsvSource({"intervall,interval", "intrval,interval", "Interval,interval", "target,targets"})
  void anUnknownKeyIsComparedWithTheKnownOnes(String key, String meant) {
    Settings s = settings(key, "x");
    s.text("interval");
    s.text("targets");
    assertEquals(
        List.of(
            "probe 'ping': '%s' is unknown; did you mean '%s'?; known: interval, targets"
                .formatted(key, meant)),
        problems(s));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-0.1", "1.1", "Infinity", "", "0,5", "0x1p1"})
  void aNumberOutsideItsRangeIsRefused(String text) {
    Settings s = settings("number", text);
    assertEquals(0.5, s.number("number", 0.5, 0, 1));
    assertEquals(1, problems(s).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "5 parsecs", "s", "1e9s", "999999999999999h", "5s5s"})
  void whatIsNoTimeIsRefused(String text) {
    Settings s = settings("interval", text);
    s.duration("interval", Duration.ofSeconds(1));
    assertEquals(1, problems(s).size());
  }

  @ParameterizedTest
  @CsvSource({
    "200ms,200000000", "1.5s,1500000000", "10m,600000000000", "2 min,120000000000",
    "1h,3600000000000", "7us,7000", "9ns,9", "100MS,100000000"
  })
  void readsTimes(String text, long nanos) {
    assertEquals(Duration.ofNanos(nanos), Settings.parseDuration(text));
  }

  @Test
  void contradictionsAreProblemsToo() {
    Settings s = settings("min", "20mbit", "max", "10mbit");
    BitRate min = s.bitRate("min").orElseThrow();
    BitRate max = s.bitRate("max").orElseThrow();
    s.require(min.compareTo(max) <= 0, "min", "a rate of at most 'max', " + max);
    assertEquals(
        List.of(
            "probe 'ping': 'min' = '20mbit' is not accepted; accepted: a rate of at most 'max',"
                + " 10mbit"),
        problems(s));
  }

  @Test
  void oneMistakeIsTheWholeMessageAndSeveralAreAList() {
    assertEquals("a", new ConfigurationException(List.of("a")).getMessage());
    assertEquals(
        "2 mistakes:\n  - a\n  - b", new ConfigurationException(List.of("a", "b")).getMessage());
  }

  @Test
  void aMistakeThatIsMetTwiceIsToldOnce() {
    Settings s = settings("queue", "long");
    s.duration("queue", Duration.ZERO);
    s.duration("queue", Duration.ZERO);
    assertEquals(1, problems(s).size(), problems(s).toString());
  }

  @Test
  void whatAPartOfItsOwnAcceptsIsNotOfferedForAnUnknownKey() {
    Settings s = settings("agent.base", "1mbit", "wan", "eth0", "wann", "eth1");
    s.section("agent");
    s.text("wan");
    assertEquals(
        List.of("probe 'ping': 'wann' is unknown; did you mean 'wan'?; known: wan"), problems(s));
  }

  @Test
  void checkingAgainTellsTheSame() {
    Settings s = settings("x", "1");
    assertEquals(problems(s), problems(s));
  }
}
