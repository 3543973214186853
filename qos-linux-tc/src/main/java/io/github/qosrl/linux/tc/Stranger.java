package io.github.qosrl.linux.tc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root qdisc that somebody else configured, with the command that makes it again.
 *
 * @param qdisc what it looked like
 * @param parameters what {@code tc qdisc add} needs to make one like it
 */
record Stranger(QdiscState qdisc, String parameters) {
  private static final Pattern PEAK_RATE = Pattern.compile("peakrate \\S+");

  /** Kinds that are all in one: no classes, no filters, no qdiscs below. */
  private static final Set<String> SIMPLE =
      Set.of(
          "tbf",
          "bfifo",
          "pfifo",
          "pfifo_fast",
          "fq_codel",
          "fq",
          "codel",
          "sfq",
          "pie",
          "fq_pie",
          "cake",
          "netem");

  String restore(String device) {
    return "qdisc add dev %s root handle %s %s".formatted(device, qdisc.handle(), parameters);
  }

  /**
   * Records a qdisc, having proved on an interface of its own that it can be made again exactly.
   *
   * @throws ShaperException if it cannot
   */
  static Stranger record(Kernel kernel, String device, QdiscState qdisc)
      throws ShaperException, TcException, InterruptedException {
    if (!SIMPLE.contains(qdisc.kind()) || hasChildren(kernel, device, qdisc)) {
      throw new ShaperException(
          ("on %s, the root qdisc of %s is %s, with classes, filters or qdiscs below it that could"
                  + " not be put back as they are; remove it yourself, or leave that interface"
                  + " alone")
              .formatted(kernel.host().name(), device, qdisc));
    }
    Optional<String> parameters = reproduced(kernel, qdisc, candidates(kernel, device, qdisc));
    if (parameters.isEmpty()) {
      throw new ShaperException(
          ("on %s, the root qdisc of %s is %s %s, and this program does not know how to put that"
                  + " back; remove it yourself, or leave that interface alone")
              .formatted(kernel.host().name(), device, qdisc, qdisc.options()));
    }
    return new Stranger(qdisc, parameters.get());
  }

  private static boolean hasChildren(Kernel kernel, String device, QdiscState qdisc)
      throws ShaperException, TcException, InterruptedException {
    return kernel.state(device).qdiscs().stream()
        .anyMatch(q -> q.parent().startsWith(qdisc.handle()));
  }

  private static List<String> candidates(Kernel kernel, String device, QdiscState qdisc)
      throws ShaperException, InterruptedException {
    List<String> candidates = new ArrayList<>();
    JsonNode options = qdisc.options();
    String shown = qdisc.kind() + " " + shownParameters(kernel, device);
    if (qdisc.kind().equals("tbf")) {
      addTokenBuckets(candidates, options, shown);
    }
    candidates.add(qdisc.kind());
    if (options.path("bandwidth").isNumber()) {
      // CAKE's: in JSON bytes a second, exactly, where the text rounds.
      long bits = 8 * options.path("bandwidth").asLong();
      candidates.add(shown.replaceFirst("bandwidth \\S+", "bandwidth " + bits + "bit"));
    }
    candidates.add(shown);
    return candidates;
  }

  /**
   * JSON has bytes a second and microseconds, where the text rounds; but iproute2 6.1 leaves the
   * peak rate out. The sizes of both buckets are shown rounded down from the kernel's clock ticks,
   * and the latency follows from them.
   */
  private static void addTokenBuckets(List<String> candidates, JsonNode options, String shown) {
    Matcher peak = PEAK_RATE.matcher(shown);
    boolean second = peak.find();
    for (int more = 0; more < (second ? 24 : 6); more++) {
      String bucket =
          "tbf rate %dbit burst %d latency %dus"
              .formatted(
                  8 * options.path("rate").asLong(),
                  options.path("burst").asLong() + more / 2 % 3,
                  options.path("lat").asLong() + more % 2);
      candidates.add(
          second
              ? "%s %s minburst %d"
                  .formatted(bucket, peak.group(), options.path("minburst").asLong() + more / 6)
              : bucket);
    }
  }

  /** What follows {@code root refcnt N} in the first line of {@code tc qdisc show}. */
  static String shownParameters(Kernel kernel, String device)
      throws ShaperException, InterruptedException {
    try {
      String text =
          kernel
              .host()
              .run(Command.of("tc", "qdisc", "show", "dev", device, "root"))
              .orThrow()
              .stdout();
      String line = text.lines().findFirst().orElse("");
      String parameters = line.replaceFirst("^.* root (refcnt \\d+ ?)?", "").strip();
      // "limit 10240p" is not accepted as it is printed.
      return parameters.replaceAll("\\b(\\d+)p\\b", "$1");
    } catch (HostException e) {
      throw new ShaperException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The first candidate that makes such a qdisc exactly, or else the first that nearly does. */
  private static Optional<String> reproduced(
      Kernel kernel, QdiscState qdisc, List<String> candidates)
      throws ShaperException, TcException, InterruptedException {
    Optional<String> near = Optional.empty();
    try (ProvingGround ground = ProvingGround.make(kernel)) {
      String device = kernel.device(ground.device()).name();
      for (String parameters : candidates) {
        String add = "qdisc add dev %s root handle %s %s";
        TcReply reply =
            kernel.send(
                List.of(
                    add.formatted(device, qdisc.handle(), parameters),
                    Discipline.showQdiscs(device),
                    "qdisc del dev %s root handle %s".formatted(device, qdisc.handle())));
        QdiscState made = kernel.understood(reply, device).root().orElse(null);
        if (made == null || !made.kind().equals(qdisc.kind())) {
          continue;
        }
        if (made.options().equals(qdisc.options())) {
          return Optional.of(parameters);
        }
        if (near.isEmpty() && alike(made.options(), qdisc.options())) {
          near = Optional.of(parameters);
        }
      }
    } catch (HostException e) {
      throw new ShaperException(
          "no temporary interface could be made to prove that %s can be put back: %s"
              .formatted(qdisc, e.getMessage()),
          e);
    }
    return near;
  }

  /** Whether two sets of options are equal, but for the rounding of numbers. */
  static boolean alike(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      double x = a.asDouble();
      double y = b.asDouble();
      return Math.abs(x - y) <= 1 + 1e-3 * Math.max(Math.abs(x), Math.abs(y));
    }
    if (a.isContainerNode() && b.isContainerNode() && a.size() == b.size()) {
      if (a.isArray()) {
        for (int i = 0; i < a.size(); i++) {
          if (!alike(a.get(i), b.path(i))) {
            return false;
          }
        }
        return true;
      }
      return a.properties().stream().allMatch(e -> alike(e.getValue(), b.path(e.getKey())));
    }
    return a.equals(b);
  }
}
