package io.github.qosrl.examples.cli;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.CapacityTraces;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioBuilder;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import io.github.qosrl.core.spi.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say what a link is like and what is sent over it: in simulation and in the lab.
 */
final class LinkOptions {
  private static final String KBIT = "kbit:";

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      split = ",",
      description =
          "A recorded download capacity instead of a scenario's: a file in Mahimahi's format (mm-link(1)), "
              + "kbit:FILE with a rate in kbit/s for each 100 ms, or a fixed rate such as 20mbit.")
  private List<String> traces = List.of();

  @Option(names = "--upload-trace", paramLabel = "FILE", description = "The same for the upload.")
  private @Nullable String uploadTrace;

  @Option(names = "--rtt", paramLabel = "TIME", description = "The path's uncongested round trip.")
  private @Nullable String rtt;

  @Option(
      names = "--buffer",
      paramLabel = "TIME",
      description = "The bottleneck's buffers, as time to drain at the mean capacity.")
  private @Nullable String buffer;

  @Option(names = "--streams", paramLabel = "N", description = "TCP connections each way.")
  private @Nullable Integer streams;

  @Option(
      names = "--load",
      paramLabel = "DIRECTION",
      description = "What is loaded: download, upload or both.")
  private @Nullable String load;

  @Option(names = "--upload", description = "Load the upload, too: --load both.")
  private boolean upload;

  @Option(
      names = "--congestion-control",
      paramLabel = "NAME",
      description = "What the senders are: cubic, reno or bbr.")
  private @Nullable String congestionControl;

  @Option(
      names = "--on-off",
      paramLabel = "ON/OFF",
      description = "The load works and pauses in turn, such as 4s/4s.")
  private @Nullable String onOff;

  @Option(
      names = "--icmp-apart",
      description =
          "The bottleneck serves the controller's pings before all else, as some satellite and cable "
              + "links do: they see no queue.")
  private boolean icmpApart;

  @Option(
      names = "--no-timestamps",
      description = "No host writes TCP timestamps, by which a download's delay is seen.")
  private boolean noTimestamps;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long each run lasts, such as 60s.")
  private @Nullable String duration;

  /** A scenario for each trace. */
  List<Scenario> traces() throws InputFileException {
    List<Scenario> all = new ArrayList<>();
    for (String trace : traces) {
      String file = String.valueOf(Path.of(trace.replace(KBIT, "")).getFileName());
      Scenario scenario =
          Scenario.builder(file.replaceFirst("(?<=.)\\.[A-Za-z]+$", ""))
              .download(capacity("--trace", trace))
              .upload(CapacityProcess.constant(BitRate.ofMegabits(20)))
              .build();
      all.add(adapt(scenario));
    }
    return all;
  }

  /** A scenario as these options change it. */
  Scenario adapt(Scenario scenario) throws InputFileException {
    ScenarioBuilder link = scenario.toBuilder();
    if (uploadTrace != null) {
      link.upload(capacity("--upload-trace", uploadTrace));
    }
    if (rtt != null) {
      link.baseRtt(time("--rtt", rtt, Duration.ofMillis(1), Duration.ofSeconds(2)));
    }
    if (buffer != null) {
      link.buffer(time("--buffer", buffer, Duration.ofMillis(1), Duration.ofMinutes(1)));
    }
    if (icmpApart) {
      link.icmpApart(true);
    }
    if (noTimestamps) {
      link.passiveSignals(signals -> signals.withTimestamps(0));
    }
    if (duration != null) {
      link.duration(duration(duration));
    }
    if (streams != null || load != null || upload || congestionControl != null || onOff != null) {
      link.traffic(traffic(scenario));
    }
    return link.build();
  }

  /** What the scenario sends, unless the options say otherwise: like senders, others of them. */
  private List<Traffic> traffic(Scenario scenario) {
    int count = streams == null ? 4 : streams;
    if (count < 1 || count > 128) {
      throw new UsageException("--streams %d is not accepted; accepted: 1 to 128".formatted(count));
    }
    boolean uploads = scenario.traffic().stream().anyMatch(t -> t.direction() == Direction.UPLOAD);
    boolean downloads =
        scenario.traffic().stream().anyMatch(t -> t.direction() == Direction.DOWNLOAD);
    String loaded = load == null ? (downloads ? (uploads ? "both" : "download") : "upload") : load;
    loaded = upload ? "both" : loaded;
    List<Traffic> all = new ArrayList<>();
    for (Direction direction : directions(loaded)) {
      all.addAll(Collections.nCopies(count, sender(direction)));
    }
    return all;
  }

  private static List<Direction> directions(String loaded) {
    return switch (loaded) {
      case "download" -> List.of(Direction.DOWNLOAD);
      case "upload" -> List.of(Direction.UPLOAD);
      case "both" -> List.of(Direction.values());
      default ->
          throw new UsageException(
              "--load '%s' is not accepted; accepted: download, upload or both".formatted(loaded));
    };
  }

  private Traffic sender(Direction direction) {
    Transport transport;
    String name = congestionControl == null ? "cubic" : congestionControl;
    try {
      transport = Transport.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      transport = Transport.CONSTANT;
    }
    if (transport == Transport.CONSTANT) {
      throw new UsageException(
          "--congestion-control '%s' is not accepted; accepted: cubic, reno or bbr"
              .formatted(name));
    }
    Traffic bulk = Traffic.bulk(direction, transport);
    if (onOff == null) {
      return bulk;
    }
    String[] two = onOff.split("/", -1);
    if (two.length != 2) {
      throw new UsageException(
          "--on-off '%s' is not accepted; accepted: two times, such as 4s/4s".formatted(onOff));
    }
    Duration least = Duration.ofSeconds(1);
    Duration on = time("--on-off", two[0], least, Duration.ofHours(1));
    Duration off = time("--on-off", two[1], least, Duration.ofHours(1));
    return bulk.onOff(on, off);
  }

  /** The value of {@code --duration}. */
  static Duration duration(String text) {
    return time("--duration", text, Duration.ofSeconds(1), Duration.ofHours(24));
  }

  private static Duration time(String option, String text, Duration least, Duration most) {
    Duration time = Settings.parseDuration(text);
    if (time == null || time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new UsageException(
          "%s '%s' is not accepted; accepted: a time from %d ms to %d s, such as 40ms or 30s"
              .formatted(option, text, least.toMillis(), most.toSeconds()));
    }
    return time;
  }

  private static CapacityProcess capacity(String option, String text) throws InputFileException {
    if (text.matches("\\d.*bit")) {
      try {
        return CapacityProcess.constant(BitRate.parse(text));
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "%s '%s' is not accepted: %s".formatted(option, text, e.getMessage()));
      }
    }
    boolean rates = text.startsWith(KBIT);
    Path file = Path.of(rates ? text.substring(KBIT.length()) : text);
    try {
      return rates ? CapacityTraces.rates(file) : CapacityTraces.mahimahi(file);
    } catch (IOException e) {
      throw InputFileException.unreadable(option, file, e);
    }
  }
}
