package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws agents side by side: throughput over time, the delay's distribution, use against delay. */
final class ComparisonPlots {
  /** Okabe and Ito's palette, which the colour-blind can tell apart too, and two greys. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000),
          new Color(0x7F7F7F));

  private static final Color CAPACITY = new Color(0xBBBBBB);

  /** Below this a delay is as good as none, and a logarithmic axis has no place for 0. */
  private static final double LEAST_MILLIS = 0.1;

  private static final double BIN_SECONDS = 0.5;
  private static final int CURVE_POINTS = 400;

  private final Map<String, Color> colours = new LinkedHashMap<>();

  /** The same agent has the same colour in all plots. */
  ComparisonPlots(List<RunResult> results) {
    for (RunResult run : results) {
      colours.computeIfAbsent(run.agent(), a -> COLOURS.get(colours.size() % COLOURS.size()));
    }
  }

  /** What each agent carried, over what the link could carry, over time: one run for each agent. */
  void rates(List<RunResult> runs, Direction direction, Path png) throws IOException {
    RunResult first = runs.get(0);
    XYChart chart =
        chart(
            "%s: %s of each agent over the link's capacity"
                .formatted(first.scenario(), direction.label()),
            "seconds",
            "Mbit/s");
    double[][] capacity = binned(first, m -> m.flow(direction).capacity() / 1e6);
    line(chart, "capacity", capacity, CAPACITY, 4);
    for (RunResult run : runs) {
      double[][] course = binned(run, m -> m.flow(direction).throughput() / 1e6);
      line(chart, run.agent(), course, colour(run.agent()), 1.5f);
    }
    // Slow start into a deep buffer is no reason to make the rest small.
    double top = Arrays.stream(capacity[1]).max().orElse(1);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.15 * top);
    save(chart, png);
  }

  /** How often the delay was at most so high. */
  void delays(List<RunResult> runs, Path png) throws IOException {
    XYChart chart =
        chart(
            RunGroup.kind(runs.get(0)) + ": distribution of the delay above the idle path's",
            "RTT inflation, ms",
            "part of the time at or below it");
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    RunGroup.by(runs, RunResult::agent)
        .forEach(
            (agent, own) -> {
              double[][] curve = distribution(own);
              if (curve[0].length > 0) {
                line(chart, agent, curve, colour(agent), 2);
              }
            });
    save(chart, png);
  }

  /** Use of a direction against the delay's p95: a point for each run, a large one for the mean. */
  void scatter(List<RunResult> runs, Direction direction, Path png) throws IOException {
    XYChart chart =
        chart(
            "Use of the %s against delay: the upper left is best".formatted(direction.label()),
            "p95 of RTT inflation, ms",
            "use of the %s's capacity, %%".formatted(direction.label()));
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setMarkerSize(9);
    RunGroup.by(runs, RunResult::agent)
        .forEach(
            (agent, own) -> {
              double[] x = own.stream().mapToDouble(r -> millis(r.inflation().p95())).toArray();
              double[] y = own.stream().mapToDouble(r -> 100 * r.utilisation(direction)).toArray();
              points(chart, agent, x, y, SeriesMarkers.CIRCLE);
              if (own.size() > 1) {
                double[] meanX = {Confidence.of(x).mean()};
                double[] meanY = {Confidence.of(y).mean()};
                points(chart, agent + ", mean", meanX, meanY, SeriesMarkers.DIAMOND);
              }
            });
    save(chart, png);
  }

  private void points(XYChart chart, String name, double[] x, double[] y, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    Color colour = colour(name.replace(", mean", ""));
    boolean mean = marker == SeriesMarkers.DIAMOND;
    series.setMarker(marker);
    series.setMarkerColor(mean ? colour : translucent(colour));
  }

  private static Color translucent(Color c) {
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), 110);
  }

  private Color colour(String agent) {
    return colours.getOrDefault(agent, Color.BLACK);
  }

  private static double millis(double seconds) {
    return Math.max(LEAST_MILLIS, 1000 * seconds);
  }

  private static double[][] distribution(List<RunResult> runs) {
    double[] sorted =
        runs.stream()
            .flatMap(r -> r.moments().stream())
            .filter(m -> m.seconds() > 0 && Double.isFinite(m.inflation()))
            .mapToDouble(m -> millis(m.inflation()))
            .sorted()
            .toArray();
    int n = Math.min(CURVE_POINTS, sorted.length);
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int rank = (int) ((long) (sorted.length - 1) * i / Math.max(1, n - 1));
      x[i] = sorted[rank];
      y[i] = (rank + 1.0) / sorted.length;
    }
    return new double[][] {x, y};
  }

  private static double[][] binned(RunResult run, ToDoubleFunction<Moment> value) {
    Map<Long, double[]> bins = new LinkedHashMap<>();
    for (Moment m : run.moments()) {
      if (m.seconds() > 0) {
        double[] bin =
            bins.computeIfAbsent((long) Math.ceil(m.seconds() / BIN_SECONDS), k -> new double[2]);
        bin[0] += value.applyAsDouble(m);
        bin[1]++;
      }
    }
    return new double[][] {
      bins.keySet().stream().mapToDouble(k -> k * BIN_SECONDS).toArray(),
      bins.values().stream().mapToDouble(b -> b[0] / b[1]).toArray()
    };
  }

  private static void line(XYChart chart, String name, double[][] xy, Color colour, float width) {
    XYSeries series = chart.addSeries(name, xy[0], xy[1]);
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour);
    series.setLineStyle(new BasicStroke(width));
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(600)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    return chart;
  }

  private static void save(XYChart chart, Path png) throws IOException {
    if (!chart.getSeriesCollection().isEmpty()) {
      BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
    }
  }
}
