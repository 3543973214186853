package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcOutputTest {

  @Test
  void readsAQdiscWithItsCounters() throws Exception {
    List<QdiscState> qdiscs = TcOutput.qdiscs(Recorded.TBF);
    QdiscState tbf = qdiscs.get(0);
    assertEquals("tbf 905:", tbf.toString());
    assertTrue(tbf.isRoot());
    assertTrue(tbf.isConfigured());
    assertEquals(new Counters(160, 2, 7, 5, 3028, 2), tbf.counters());
    assertTrue(qdiscs.get(1).isIngress());
  }

  @Test
  void readsTheSameClassesFromTextAndFromJson() throws Exception {
    List<ClassState> text = TcOutput.classes(Recorded.HTB_CLASSES_TEXT);
    List<ClassState> json = TcOutput.classes(Recorded.HTB_CLASSES_JSON);
    assertEquals(3, text.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(json.get(i).id(), text.get(i).id());
      assertEquals(json.get(i).rate(), text.get(i).rate(), 1000);
      assertEquals(json.get(i).ceiling(), text.get(i).ceiling(), 1000);
      assertEquals(json.get(i).counters(), text.get(i).counters());
    }
    assertEquals(new Counters(1514, 1, 0, 1, 6056, 4), text.get(0).counters());
    assertEquals(new Counters(30280, 20, 1, 2, 0, 0), text.get(1).counters());
  }

  @Test
  void readsTheUnitsOfLargeBacklogs() throws Exception {
    String text = Recorded.HTB_CLASSES_TEXT.replace("backlog 6056b 4p", "backlog 64Kb 43p");
    assertEquals(65_536, TcOutput.classes(text).get(0).counters().backlog());
  }

  @Test
  void readsTheTinsOfCakeInTheirOrder() throws Exception {
    QdiscState cake = TcOutput.qdiscs(Recorded.CAKE).get(0);
    assertEquals(List.of("bulk", "best-effort", "voice"), CakeTins.names(cake));
    assertEquals(List.of(2L, 6L, 3L), cake.tins().stream().map(Counters::packets).toList());
    assertEquals(196, cake.tins().get(0).bytes());
  }

  @Test
  void recognisesALimitInWhatEitherVersionShows() throws Exception {
    Limit limit = Limit.of(BitRate.ofBitsPerSecond(1_234_567));
    for (String text : List.of(Recorded.TBF, Recorded.TBF_615)) {
      InterfaceState seen = new InterfaceState(TcOutput.qdiscs(text), List.of());
      assertEquals(
          Optional.empty(), new TbfDiscipline(Duration.ofMillis(50)).difference(seen, limit));
    }
  }

  @Test
  void seesWhereIncomingTrafficGoes() {
    assertTrue(TcOutput.redirects(Recorded.REDIRECT, "ifb-wan"));
    assertFalse(TcOutput.redirects(Recorded.REDIRECT, "ifb0"));
    assertTrue(TcOutput.hasFilter(Recorded.REDIRECT, 905));
    assertFalse(TcOutput.hasFilter(Recorded.REDIRECT, 1));
    assertFalse(TcOutput.redirects("no JSON", "ifb-wan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "[{]", "[{\"kind\":\"tbf\"}]", "[{\"kind\":7}]", "7"})
  void refusesWhatIsNotAListOfQdiscs(String text) {
    assertThrows(TcOutput.ParseException.class, () -> TcOutput.qdiscs(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tc utility, iproute2-6.1.0, libbpf 1.1.2|false",
        "tc utility, iproute2-6.2.0|true",
        "tc utility, iproute2-5.15.0|false",
        "tc utility, iproute2-ss200127|false",
        "tc utility, iproute2-6.15.0, libbpf 1.5.0|true",
        "tc utility, iproute2-7.0.0|true"
      })
  void knowsWhichVersionPrintsClassesAsJson(String line) {
    String[] parts = line.split("\\|", 2);
    assertEquals(Boolean.parseBoolean(parts[1]), TcVersion.parse(parts[0]).jsonClasses());
  }
}
