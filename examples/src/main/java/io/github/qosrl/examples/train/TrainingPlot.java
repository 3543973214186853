package io.github.qosrl.examples.train;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the course of a training run. */
public final class TrainingPlot {
  private TrainingPlot() {}

  /**
   * Writes a PNG.
   *
   * @param returns mean return of each evaluation, in order; at least one
   * @param every steps between two evaluations
   */
  public static void write(List<Double> returns, long every, Path png) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(400)
            .title("Training: mean return of evaluations on held-out links")
            .xAxisTitle("training steps")
            .yAxisTitle("return")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    double[] x = new double[returns.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i + 1.0) * every;
    }
    double[] y = returns.stream().mapToDouble(Double::doubleValue).toArray();
    chart.addSeries("return", x, y).setMarker(SeriesMarkers.NONE);
    BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
  }
}
