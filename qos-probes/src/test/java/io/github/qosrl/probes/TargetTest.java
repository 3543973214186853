package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, 8.8.8.8, 0, ''",
    "8.8.8.8:dns, 8.8.8.8, 0, dns",
    "192.168.1.1 lan, 192.168.1.1, 0, lan",
    "www.youtube.com:video, www.youtube.com, 0, video",
    "www.example.com:443, www.example.com, 443, ''",
    "www.example.com:443:web, www.example.com, 443, web",
    "2001:db8::1, 2001:db8::1, 0, ''",
    "2001:db8::1 dns, 2001:db8::1, 0, dns",
    "::1, ::1, 0, ''",
    "fe80::1%eth0, fe80::1%eth0, 0, ''",
    "[2001:db8::1]:dns, 2001:db8::1, 0, dns",
    "[2001:db8::1]:53:dns, 2001:db8::1, 53, dns",
    "[2001:db8::1], 2001:db8::1, 0, ''"
  })
  void readsEveryForm(String text, String host, int port, String type) {
    assertEquals(new Target(host, port, type), Target.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8:dns", "[2001:db8::1]:dns", "2001:db8::1", "h.example:443:web", "h:80"})
  void printsWhatItReads(String text) {
    assertEquals(text, Target.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-f", "--help", "a b c", "8.8.8.8:DNS", "x:0", "x:99999", "[::1", "a;b"})
  void saysWhatIsWrongWithTheRest(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
    assertTrue(String.valueOf(e.getMessage()).contains("not"), e.getMessage());
  }

  @Test
  void optionsListAllMistakesAtOnce() {
    EchoOptions.Builder builder =
        EchoOptions.builder(java.util.List.of(Target.of("a"), Target.of("a")))
            .interval(java.time.Duration.ofMillis(10))
            .size(9000)
            .dscp(64);
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    for (String part : new String[] {"a is there twice", "interval = 10 ms", "size", "dscp"}) {
      assertTrue(message.contains(part), message);
    }
  }
}
