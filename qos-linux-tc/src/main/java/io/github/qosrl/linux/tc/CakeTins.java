package io.github.qosrl.linux.tc;

import java.util.List;
import java.util.stream.IntStream;

/** What CAKE's tins are called, as {@code tc -s qdisc show} heads their columns (q_cake.c). */
final class CakeTins {
  private CakeTins() {}

  /** The name of each tin, lower case; {@code tin-N} in modes that do not name them. */
  static List<String> names(QdiscState cake) {
    int count = cake.tins().size();
    return switch (cake.options().path("diffserv").asText()) {
      case "diffserv3" -> count == 3 ? List.of("bulk", "best-effort", "voice") : numbered(count);
      case "diffserv4" ->
          count == 4 ? List.of("bulk", "best-effort", "video", "voice") : numbered(count);
      case "besteffort" -> count == 1 ? List.of("best-effort") : numbered(count);
      default -> numbered(count);
    };
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "tin-" + i).toList();
  }
}
