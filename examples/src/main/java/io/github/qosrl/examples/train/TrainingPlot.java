package io.github.qosrl.examples.train;

import io.github.qosrl.rl.Evaluation;
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

  /** Writes a PNG of the evaluations, in order; at least one. */
  public static void write(List<Evaluation> evaluations, Path png) throws IOException {
    double[] x = evaluations.stream().mapToDouble(Evaluation::step).toArray();
    double[] y = evaluations.stream().mapToDouble(Evaluation::mean).toArray();
    write(x, y, png);
  }

  private static void write(double[] x, double[] y, Path png) throws IOException {
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
    chart.addSeries("return", x, y).setMarker(SeriesMarkers.NONE);
    BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
  }
}
