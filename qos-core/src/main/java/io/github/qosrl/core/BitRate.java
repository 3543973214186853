package io.github.qosrl.core;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit in whole bits per second, from 1 bit/s to 10 Tbit/s.
 *
 * <p>Text form is that of Linux {@code tc} (tc(8), PARAMETERS, RATES): a number and a unit, where
 * {@code bit} units are bits per second and {@code bps} units are <em>bytes</em> per second, with
 * the SI prefixes {@code k m g t} or the IEC prefixes {@code ki mi gi ti}. A bare number is bits
 * per second. Case does not matter. Immutable and thread-safe.
 *
 * @param bitsPerSecond the rate, 1 to {@link #MAX_BITS_PER_SECOND}
 */
public record BitRate(long bitsPerSecond) implements Comparable<BitRate> {

  /** The largest rate that can be expressed: 10 Tbit/s. */
  public static final long MAX_BITS_PER_SECOND = 10_000_000_000_000L;

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*(?:([kmgt]i?)?(bit|bps))?");

  /**
   * @throws IllegalArgumentException if the rate is out of range
   */
  public BitRate {
    if (bitsPerSecond < 1 || bitsPerSecond > MAX_BITS_PER_SECOND) {
      throw new IllegalArgumentException(
          "bit rate " + bitsPerSecond + " bit/s is out of range: 1bit to 10tbit");
    }
  }

  /** The given number of bits per second, rounded, and clamped to what can be expressed. */
  public static BitRate ofBitsPerSecond(double bitsPerSecond) {
    if (Double.isNaN(bitsPerSecond)) {
      throw new IllegalArgumentException("bit rate is not a number");
    }
    return new BitRate(
        Math.round(Math.max(1, Math.min((double) MAX_BITS_PER_SECOND, bitsPerSecond))));
  }

  /** The given number of 10<sup>3</sup> bits per second. */
  public static BitRate ofKilobits(double kilobits) {
    return ofBitsPerSecond(kilobits * 1e3);
  }

  /** The given number of 10<sup>6</sup> bits per second. */
  public static BitRate ofMegabits(double megabits) {
    return ofBitsPerSecond(megabits * 1e6);
  }

  /**
   * Reads {@code tc}'s notation, such as {@code 20mbit}, {@code 512kbit}, {@code 1.5Mbit} or {@code
   * 2500kbps} (bytes).
   *
   * @throws IllegalArgumentException if the text is not a rate, or is out of range
   */
  public static BitRate parse(String text) {
    Matcher m = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a bit rate; write it as tc does, for example 20mbit or 512kbit");
    }
    double bits = Double.parseDouble(m.group(1)) * prefixFactor(m.group(2));
    if ("bps".equals(m.group(3))) {
      bits *= 8;
    }
    if (bits < 0.5 || bits > MAX_BITS_PER_SECOND) {
      throw new IllegalArgumentException("'" + text + "' is out of range: 1bit to 10tbit");
    }
    return ofBitsPerSecond(bits);
  }

  private static double prefixFactor(@Nullable String prefix) {
    if (prefix == null) {
      return 1;
    }
    double base = prefix.length() == 2 ? 1024 : 1000;
    return Math.pow(base, "kmgt".indexOf(prefix.charAt(0)) + 1);
  }

  /** This rate in bytes per second, the unit of {@code tc}'s JSON output. */
  public double bytesPerSecond() {
    return bitsPerSecond / 8.0;
  }

  /** This rate in 10<sup>6</sup> bits per second. */
  public double megabits() {
    return bitsPerSecond / 1e6;
  }

  /**
   * This rate times a factor, rounded and clamped to what can be expressed.
   *
   * @param factor finite and not negative
   */
  public BitRate times(double factor) {
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "factor " + factor + " is not a finite number of at least 0");
    }
    return ofBitsPerSecond(bitsPerSecond * factor);
  }

  /** The nearest rate to this one within {@code [floor, ceiling]}. */
  public BitRate clamp(BitRate floor, BitRate ceiling) {
    if (floor.compareTo(ceiling) > 0) {
      throw new IllegalArgumentException("floor " + floor + " is above ceiling " + ceiling);
    }
    return compareTo(floor) < 0 ? floor : compareTo(ceiling) > 0 ? ceiling : this;
  }

  @Override
  public int compareTo(BitRate other) {
    return Long.compare(bitsPerSecond, other.bitsPerSecond);
  }

  // Written out, since a record's own take 20 ms of a program's start to link at the first
  // decision.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BitRate that && bitsPerSecond == that.bitsPerSecond;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bitsPerSecond);
  }

  /**
   * This rate in {@code tc}'s notation, exact: the largest SI unit that leaves a whole number, so
   * that {@code parse(toString())} is this rate.
   */
  @Override
  public String toString() {
    String[] units = {"tbit", "gbit", "mbit", "kbit"};
    long unit = 1_000_000_000_000L;
    for (String name : units) {
      if (bitsPerSecond % unit == 0) {
        return bitsPerSecond / unit + name;
      }
      unit /= 1000;
    }
    return bitsPerSecond + "bit";
  }
}
