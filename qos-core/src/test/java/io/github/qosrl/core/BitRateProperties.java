package io.github.qosrl.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;

class BitRateProperties {
  private static final long MAX = BitRate.MAX_BITS_PER_SECOND;

  @Property
  void parsingWhatWasPrintedIsTheIdentity(@ForAll @LongRange(min = 1, max = MAX) long bits) {
    BitRate rate = new BitRate(bits);
    assertEquals(rate, BitRate.parse(rate.toString()));
    assertEquals(rate, BitRate.parse(rate.toString().toUpperCase(Locale.ROOT)));
    assertEquals(rate, BitRate.parse(Long.toString(bits)));
  }

  @Property
  void roundRatesPrintShortly(@ForAll @LongRange(min = 1, max = 999) long n) {
    assertEquals(n + "mbit", new BitRate(n * 1_000_000).toString());
    assertEquals(n + "kbit", new BitRate(n * 1_000).toString());
  }

  @Property
  void garbageIsAnIllegalArgumentAndNothingElse(@ForAll String garbage) {
    refusesOrParses(garbage);
  }

  @Property
  void longNumbersAreAnIllegalArgumentOrARate(
      @ForAll @NumericChars @StringLength(max = 40) String digits) {
    for (String unit : new String[] {"", "bit", "tbit", "tibps", ".5mbit", "."}) {
      refusesOrParses(digits + unit);
    }
  }

  private static void refusesOrParses(String text) {
    try {
      BitRate rate = BitRate.parse(text);
      assertTrue(rate.bitsPerSecond() >= 1 && rate.bitsPerSecond() <= MAX);
    } catch (IllegalArgumentException e) {
      assertTrue(e.toString().contains("'" + text + "'"), e.toString());
    }
  }

  @Example
  void unitsAreThoseOfTc() {
    assertEquals(20_000_000, BitRate.parse("20mbit").bitsPerSecond());
    assertEquals(20_000_000, BitRate.parse(" 20 Mbit ").bitsPerSecond());
    assertEquals(1_500_000, BitRate.parse("1.5mbit").bitsPerSecond());
    assertEquals(512 * 1024, BitRate.parse("512kibit").bitsPerSecond());
    assertEquals(8_000, BitRate.parse("1kbps").bitsPerSecond());
    assertEquals(8L << 20, BitRate.parse("1mibps").bitsPerSecond());
    assertEquals(7, BitRate.parse("7").bitsPerSecond());
    assertEquals(MAX, BitRate.parse("10tbit").bitsPerSecond());
  }

  @Example
  void whatIsNoRateIsRefused() {
    for (String text :
        new String[] {
          "",
          "0",
          "0.4",
          "-5mbit",
          "20 m bit",
          "20mb",
          "mbit",
          "1e6",
          "11tbit",
          "NaN",
          "1,5mbit",
          "٣mbit",
          "20mbit/s"
        }) {
      Assertions.assertThrows(IllegalArgumentException.class, () -> BitRate.parse(text), text);
    }
  }

  @Property
  void timesStaysWithinWhatCanBeExpressed(
      @ForAll @LongRange(min = 1, max = MAX) long bits,
      @ForAll @DoubleRange(min = 0, max = 1e6) double factor) {
    long product = new BitRate(bits).times(factor).bitsPerSecond();
    assertTrue(product >= 1 && product <= MAX);
    double exact = Math.max(1, Math.min((double) MAX, bits * factor));
    assertTrue(Math.abs(product - exact) <= 0.5 + exact * 1e-15);
  }

  @Example
  void impossibleFactorsAreRefused() {
    for (double factor : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Assertions.assertThrows(
          IllegalArgumentException.class, () -> new BitRate(1).times(factor), "" + factor);
    }
    Assertions.assertThrows(
        IllegalArgumentException.class, () -> BitRate.ofBitsPerSecond(Double.NaN));
  }

  @Property
  void clampIsTheNearestWithinTheBounds(
      @ForAll @LongRange(min = 1, max = MAX) long bits,
      @ForAll @LongRange(min = 1, max = MAX) long a,
      @ForAll @LongRange(min = 1, max = MAX) long b) {
    Assume.that(a <= b);
    assertEquals(
        Math.max(a, Math.min(b, bits)),
        new BitRate(bits).clamp(new BitRate(a), new BitRate(b)).bitsPerSecond());
  }

  @Property
  void orderIsThatOfTheNumbers(
      @ForAll @LongRange(min = 1, max = MAX) long a,
      @ForAll @LongRange(min = 1, max = MAX) long b) {
    assertEquals(
        Long.signum(Long.compare(a, b)), Integer.signum(new BitRate(a).compareTo(new BitRate(b))));
  }
}
