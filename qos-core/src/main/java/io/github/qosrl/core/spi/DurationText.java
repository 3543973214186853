package io.github.qosrl.core.spi;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A length of time as text: a number and a unit, such as {@code 200ms}. */
final class DurationText {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-z]+)");
  private static final Map<String, Double> UNIT_SECONDS =
      Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "min", 60.0, "h", 3600.0);

  private DurationText() {}

  static @Nullable Duration parse(String text) {
    Matcher m = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    Double unit = m.matches() ? UNIT_SECONDS.get(m.group(2)) : null;
    if (unit == null) {
      return null;
    }
    double nanos = Double.parseDouble(m.group(1)) * unit * 1e9;
    return nanos < Long.MAX_VALUE ? Duration.ofNanos(Math.round(nanos)) : null;
  }
}
