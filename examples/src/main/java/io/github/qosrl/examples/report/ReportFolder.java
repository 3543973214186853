package io.github.qosrl.examples.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A folder with everything that a comparison found:
 *
 * <ul>
 *   <li>{@code table.txt}: means with confidence intervals;
 *   <li>{@code results.json}: these, and every run's figures;
 *   <li>{@code use-DIRECTION.png}: use of the capacity against p95 of the delay;
 *   <li>for each kind of link {@code KIND-DIRECTION.png}, throughput and capacity over time, and
 *       {@code KIND-delay.png}, the distribution of the delay;
 *   <li>for the first run of each agent on each kind of link its course, as CSV, JSON Lines and
 *       PNG.
 * </ul>
 */
public final class ReportFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CSV_TITLES =
      "seconds,capacity_down_bps,limit_down_bps,throughput_down_bps,"
          + "capacity_up_bps,limit_up_bps,throughput_up_bps,rtt_inflation_s\n";

  /** Acknowledgements alone use less of a direction than this. */
  private static final double LOADED = 0.25;

  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder, made if it is not there. */
  public static ReportFolder at(Path folder) throws IOException {
    return new ReportFolder(Files.createDirectories(folder));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /**
   * Writes everything about these results; those written before under the same name go.
   *
   * @throws IOException if something cannot be written; names the folder
   */
  public void write(List<RunResult> results) throws IOException {
    naming(() -> writeAll(results));
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** A full disk is told by the JDK without the name of a file. */
  private void naming(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (FileSystemException e) {
      throw e; // Names its file.
    } catch (IOException e) {
      throw new IOException(
          "the report in '%s' is incomplete: %s; is there space left: df -h '%1$s'"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private void writeAll(List<RunResult> results) throws IOException {
    Files.writeString(folder.resolve("table.txt"), Comparison.table(results) + "\n");
    Files.writeString(folder.resolve("results.json"), json(results));
    for (RunGroup group : RunGroup.of(results)) {
      if (!group.kind().equals(RunGroup.ALL)) {
        writeCourse(group.runs().get(0), ceiling(results));
      }
    }
    plot(results);
  }

  private void writeCourse(RunResult first, double ceiling) throws IOException {
    String name = fileName(first.agent() + " " + first.scenario() + " " + first.seed());
    writeCsv(first, folder.resolve(name + ".csv"));
    writeJsonLines(first, folder.resolve(name + ".jsonl"));
    TimelinePlot.write(first, ceiling, folder.resolve(name + ".png"));
  }

  private void plot(List<RunResult> results) throws IOException {
    ComparisonPlots plots = new ComparisonPlots(results);
    for (Direction direction : Direction.values()) {
      List<RunResult> loaded =
          results.stream().filter(r -> r.utilisation(direction) > LOADED).toList();
      if (!loaded.isEmpty()) {
        plots.scatter(loaded, direction, folder.resolve("use-" + direction.label() + ".png"));
      }
    }
    for (List<RunResult> runs : RunGroup.by(results, RunGroup::kind).values()) {
      RunResult first = runs.get(0);
      String kind = fileName(RunGroup.kind(first));
      plots.delays(runs, folder.resolve(kind + "-delay.png"));
      List<RunResult> same =
          runs.stream()
              .filter(r -> r.scenario().equals(first.scenario()) && r.seed() == first.seed())
              .toList();
      for (Direction direction : Direction.values()) {
        if (same.stream().anyMatch(r -> r.utilisation(direction) > LOADED)) {
          plots.rates(same, direction, folder.resolve(kind + "-" + direction.label() + ".png"));
        }
      }
    }
  }

  /** The highest delay of all, so that the courses compare. */
  private static double ceiling(List<RunResult> results) {
    return results.stream()
        .flatMap(r -> r.moments().stream())
        .filter(m -> m.seconds() >= 0)
        .mapToDouble(Moment::inflation)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  private static String fileName(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }

  /**
   * The results as a JSON object, without the courses: {@code summary} has means over the runs, and
   * with {@code _ci95} half their confidence interval; {@code runs} every run. SI units.
   */
  public static String json(List<RunResult> results) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    Comparison.json(results, all.putArray("summary"));
    ArrayNode runs = all.putArray("runs");
    for (RunResult r : results) {
      ObjectNode node = runs.addObject();
      node.put("agent", r.agent()).put("scenario", r.scenario()).put("seed", r.seed());
      for (Direction d : Direction.values()) {
        put(node, "utilisation_" + d.label(), r.utilisation(d));
        put(node, "throughput_" + d.label() + "_bps", r.throughput(d));
      }
      put(node, "rtt_inflation_mean_s", r.inflation().mean());
      put(node, "rtt_inflation_p50_s", r.inflation().p50());
      put(node, "rtt_inflation_p95_s", r.inflation().p95());
      put(node, "rtt_inflation_p99_s", r.inflation().p99());
      put(node, "loss", r.loss());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }

  private static void writeCsv(RunResult result, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(CSV_TITLES);
      for (Moment m : result.moments()) {
        out.write(String.format(Locale.ROOT, "%.3f", m.seconds()));
        for (Direction d : Direction.values()) {
          out.write("," + cell(m.flow(d).capacity()) + "," + cell(m.flow(d).limit()));
          out.write("," + cell(m.flow(d).throughput()));
        }
        String inflation =
            Double.isNaN(m.inflation()) ? "" : String.format(Locale.ROOT, "%.6f", m.inflation());
        out.write("," + inflation + "\n");
      }
    }
  }

  private static String cell(double bitsPerSecond) {
    return Double.isNaN(bitsPerSecond) ? "" : String.format(Locale.ROOT, "%.0f", bitsPerSecond);
  }

  private static void writeJsonLines(RunResult result, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Moment m : result.moments()) {
        ObjectNode node = JSON.createObjectNode();
        node.put("seconds", m.seconds());
        for (Direction d : Direction.values()) {
          put(node, "capacity_" + d.label() + "_bps", m.flow(d).capacity());
          put(node, "limit_" + d.label() + "_bps", m.flow(d).limit());
          put(node, "throughput_" + d.label() + "_bps", m.flow(d).throughput());
        }
        put(node, "rtt_inflation_s", m.inflation());
        out.write(JSON.writeValueAsString(node) + "\n");
      }
    }
  }

  /** What is not known is absent, never 0. */
  static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    }
  }
}
