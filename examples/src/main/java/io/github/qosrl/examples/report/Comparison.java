package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Several agents over several scenarios, each with several seeds: means, and how they spread. */
public final class Comparison {
  private Comparison() {}

  /** One row for each scenario and agent: mean ± standard deviation over the seeds. */
  public static Table table(List<RunResult> results) {
    Table table =
        new Table(
            "scenario", "agent", "down use %", "up use %", "RTT+ mean ms", "p95 ms", "p99 ms");
    for (List<RunResult> group : groups(results)) {
      table.row(
          group.get(0).scenario(),
          group.get(0).agent(),
          spread(group, r -> 100 * r.utilisation(Direction.DOWNLOAD)),
          spread(group, r -> 100 * r.utilisation(Direction.UPLOAD)),
          spread(group, r -> 1000 * r.inflation().mean()),
          spread(group, r -> 1000 * r.inflation().p95()),
          spread(group, r -> 1000 * r.inflation().p99()));
    }
    return table;
  }

  private static List<List<RunResult>> groups(List<RunResult> results) {
    Map<String, List<RunResult>> groups =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.scenario() + "\n" + r.agent(), LinkedHashMap::new, Collectors.toList()));
    return new ArrayList<>(groups.values());
  }

  private static String spread(List<RunResult> group, ToDoubleFunction<RunResult> value) {
    double[] values = group.stream().mapToDouble(value).toArray();
    double mean = mean(values);
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    String text = number(mean);
    return values.length < 2
        ? text
        : text + " ± " + number(Math.sqrt(squares / (values.length - 1)));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.1f" : "%.0f", value);
  }

  /**
   * Writes a PNG: use of the download against the 95th percentile of the delay, a point for each
   * run. The best place is the upper left corner.
   */
  public static void plot(List<RunResult> results, Path png) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(600)
            .title("Use of the download against delay: the upper left is best")
            .xAxisTitle("p95 of RTT inflation, ms")
            .yAxisTitle("use of the download's capacity, %")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setXAxisLogarithmic(true);
    Map<String, List<RunResult>> byAgent =
        results.stream()
            .filter(r -> r.inflation().p95() > 0)
            .collect(
                Collectors.groupingBy(RunResult::agent, LinkedHashMap::new, Collectors.toList()));
    byAgent.forEach(
        (agent, runs) ->
            chart.addSeries(
                agent,
                runs.stream().mapToDouble(r -> 1000 * r.inflation().p95()).toArray(),
                runs.stream().mapToDouble(r -> 100 * r.utilisation(Direction.DOWNLOAD)).toArray()));
    if (!byAgent.isEmpty()) {
      BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
    }
  }
}
