package io.github.qosrl.examples.train;

import io.github.qosrl.rl.Evaluation;
import io.github.qosrl.rl.TrainingListener;
import io.github.qosrl.rl.TrainingProgress;
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
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Watches a training run, and draws its course: return, loss, mean Q and exploration. */
public final class TrainingPlot implements TrainingListener {
  private static final int COLUMNS = 2;

  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<TrainingProgress> reports = new ArrayList<>();

  @Override
  public void onEvaluation(Evaluation evaluation) {
    evaluations.add(evaluation);
  }

  @Override
  public void onProgress(TrainingProgress progress) {
    reports.add(progress);
  }

  /** Writes a PNG with a panel for each curve of which something is known. */
  public void write(Path png) throws IOException {
    List<XYChart> panels = new ArrayList<>();
    if (!evaluations.isEmpty()) {
      panels.add(returns());
    }
    add(panels, "loss, mean of the updates", TrainingProgress::loss);
    add(panels, "mean Q of the actions taken", TrainingProgress::meanQ);
    add(panels, "ε, probability of a random action", TrainingProgress::epsilon);
    if (!panels.isEmpty()) {
      int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
      int columns = Math.min(COLUMNS, panels.size());
      BitmapEncoder.saveBitmap(panels, rows, columns, png.toString(), BitmapFormat.PNG);
    }
  }

  private XYChart returns() {
    XYChart chart = panel("return on held-out seeds, mean ± deviation", "training steps");
    chart.addSeries(
        "return",
        evaluations.stream().mapToDouble(Evaluation::step).toArray(),
        evaluations.stream().mapToDouble(Evaluation::mean).toArray(),
        evaluations.stream().mapToDouble(Evaluation::deviation).toArray());
    return chart;
  }

  private void add(List<XYChart> panels, String title, ToDoubleFunction<TrainingProgress> curve) {
    List<TrainingProgress> known =
        reports.stream().filter(r -> Double.isFinite(curve.applyAsDouble(r))).toList();
    if (known.isEmpty()) {
      return;
    }
    // Learning from recordings alone takes no steps.
    boolean stepped = known.get(known.size() - 1).step() > 0;
    XYChart chart = panel(title, stepped ? "training steps" : "gradient steps");
    chart
        .addSeries(
            title,
            known.stream().mapToDouble(r -> stepped ? r.step() : r.gradientSteps()).toArray(),
            known.stream().mapToDouble(curve).toArray())
        .setMarker(SeriesMarkers.NONE);
    panels.add(chart);
  }

  private static XYChart panel(String title, String x) {
    XYChart chart = new XYChartBuilder().width(700).height(350).title(title).xAxisTitle(x).build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    return chart;
  }
}
