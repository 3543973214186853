package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
    assertEquals(2, text.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(json.get(i).id(), text.get(i).id());
      assertEquals(json.get(i).rate(), text.get(i).rate(), 1000);
      assertEquals(json.get(i).ceiling(), text.get(i).ceiling(), 1000);
      assertEquals(json.get(i).counters(), text.get(i).counters());
    }
    assertEquals(new Counters(1514, 1, 3, 4, 65536, 43), text.get(0).counters());
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
