package io.github.qosrl.linux.tc;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TcOutputProperties {

  @Property(tries = 400)
  void garbageIsAnErrorAndNeverACrash(@ForAll String text) {
    parseAll(text);
  }

  @Property(tries = 400)
  void damagedOutputIsAnErrorAndNeverACrash(@ForAll("damaged") String text) {
    parseAll(text);
  }

  private static void parseAll(String text) {
    try {
      TcOutput.qdiscs(text);
    } catch (TcOutput.ParseException e) {
      // That is the error it should be.
    }
    try {
      TcOutput.classes(text);
    } catch (TcOutput.ParseException e) {
      // As above.
    }
    TcOutput.redirects(text, "ifb0");
    TcOutput.hasFilter(text, 1);
  }

  /** Recorded output, cut and with something put in its place. */
  @Provide
  Arbitrary<String> damaged() {
    return Arbitraries.of(
            List.of(
                Recorded.TBF,
                Recorded.CAKE,
                Recorded.HTB_CLASSES_TEXT,
                Recorded.HTB_CLASSES_JSON,
                Recorded.REDIRECT))
        .flatMap(
            text ->
                Arbitraries.integers()
                    .between(0, text.length())
                    .flatMap(
                        at ->
                            Arbitraries.integers()
                                .between(0, 12)
                                .flatMap(
                                    cut ->
                                        Arbitraries.strings()
                                            .withChars("0123456789{}[]\",:xKMG- ")
                                            .ofMaxLength(12)
                                            .map(
                                                put ->
                                                    text.substring(0, at)
                                                        + put
                                                        + text.substring(
                                                            Math.min(text.length(), at + cut))))));
  }
}
