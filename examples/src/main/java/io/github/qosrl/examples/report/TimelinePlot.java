package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a run over time: capacity, limit and throughput of each direction, and the delay. */
public final class TimelinePlot {
  private static final Color CAPACITY = new Color(0x999999);
  private static final Color LIMIT = new Color(0xD55E00);
  private static final Color THROUGHPUT = new Color(0x0072B2);
  private static final Color DELAY = new Color(0x009E73);

  /** The bottom of the delay axis, which is logarithmic: what is less is drawn there. */
  private static final double LEAST_MILLIS = 1;

  private TimelinePlot() {}

  /**
   * Writes a PNG.
   *
   * @param delayCeiling top of the delay axis in seconds, so that the plots of several agents
   *     compare
   */
  public static void write(RunResult run, double delayCeiling, Path png) throws IOException {
    List<XYChart> charts = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (run.moments().stream().anyMatch(m -> m.flow(direction).capacity() > 0)) {
        charts.add(rates(run, direction));
      }
    }
    charts.add(delay(run, delayCeiling));
    BitmapEncoder.saveBitmap(charts, charts.size(), 1, png.toString(), BitmapFormat.PNG);
  }

  private static XYChart rates(RunResult run, Direction direction) {
    XYChart chart = chart(run.agent() + ": " + direction.label(), "Mbit/s");
    line(chart, "capacity", run, m -> m.flow(direction).capacity() / 1e6, CAPACITY, 3);
    line(chart, "limit", run, m -> m.flow(direction).limit() / 1e6, LIMIT, 1.5f);
    line(chart, "throughput", run, m -> m.flow(direction).throughput() / 1e6, THROUGHPUT, 1.5f);
    chart.getStyler().setYAxisMin(0.0);
    return chart;
  }

  private static XYChart delay(RunResult run, double ceiling) {
    XYChart chart = chart(run.agent() + ": delay above the idle path's", "ms");
    line(
        chart, "RTT inflation", run, m -> Math.max(LEAST_MILLIS, m.inflation() * 1e3), DELAY, 1.5f);
    // Without a controller it is a second and more, with a good one a few milliseconds.
    chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(LEAST_MILLIS);
    chart.getStyler().setYAxisMax(Math.max(10 * LEAST_MILLIS, ceiling * 1e3));
    return chart;
  }

  private static XYChart chart(String title, String unit) {
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(300)
            .title(title)
            .xAxisTitle("seconds")
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    return chart;
  }

  private static void line(
      XYChart chart,
      String name,
      RunResult run,
      ToDoubleFunction<Moment> value,
      Color colour,
      float width) {
    List<Moment> known =
        run.moments().stream()
            .filter(m -> m.seconds() >= 0 && Double.isFinite(value.applyAsDouble(m)))
            .toList();
    if (known.isEmpty()) {
      return;
    }
    double[] x = known.stream().mapToDouble(Moment::seconds).toArray();
    XYSeries series = chart.addSeries(name, x, known.stream().mapToDouble(value).toArray());
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour);
    series.setLineStyle(new BasicStroke(width));
  }
}
