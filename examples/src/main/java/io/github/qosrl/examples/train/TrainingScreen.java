package io.github.qosrl.examples.train;

import io.github.qosrl.rl.Evaluation;
import io.github.qosrl.rl.TrainingListener;
import io.github.qosrl.rl.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how a training run goes: a progress bar on a terminal, a line per evaluation elsewhere. */
public final class TrainingScreen implements TrainingListener, AutoCloseable {
  private static final int THOUSANDTHS = 1000;
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int CURVE_WIDTH = 60;

  private final Consumer<String> lines;
  private final @Nullable ProgressBar bar;
  private final List<Double> returns = new ArrayList<>();
  private String newest = "";

  /**
   * @param interactive whether to draw a bar
   * @param lines takes a line of text, where no bar is drawn
   */
  public TrainingScreen(boolean interactive, Consumer<String> lines) {
    this.lines = lines;
    this.bar =
        interactive
            ? new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(THOUSANDTHS)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .hideEta()
                .build()
            : null;
  }

  @Override
  public void onProgress(TrainingProgress progress) {
    newest =
        String.format(
            Locale.ROOT,
            "episode %d  return %.1f  ε %.2f  %,.0f steps/s",
            progress.episodes(),
            progress.meanReturn(),
            progress.epsilon(),
            progress.stepsPerSecond());
    if (bar != null) {
      bar.stepTo(Math.round(progress.fraction() * THOUSANDTHS));
      bar.setExtraMessage(" " + newest);
    }
  }

  @Override
  public void onEvaluation(Evaluation evaluation) {
    returns.add(evaluation.mean());
    if (bar == null) {
      lines.accept(
          String.format(
              Locale.ROOT,
              "step %,d  evaluation %.1f ± %.1f%s  %s",
              evaluation.step(),
              evaluation.mean(),
              evaluation.deviation(),
              evaluation.best() ? " (best)" : "",
              newest));
    }
  }

  /** The course of the evaluations as one line of blocks, the lowest to the highest. */
  public String curve() {
    if (returns.isEmpty()) {
      return "";
    }
    double low = returns.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = returns.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder curve = new StringBuilder();
    int width = Math.min(CURVE_WIDTH, returns.size());
    for (int i = 0; i < width; i++) {
      double value = returns.get((int) ((long) i * returns.size() / width));
      double height = high > low ? (value - low) / (high - low) : 0.5;
      curve.append(BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1))));
    }
    return String.format(
        Locale.ROOT, "evaluation return %s  from %.1f, best %.1f", curve, returns.get(0), high);
  }

  /** The means of all evaluations so far, in order. */
  public List<Double> returns() {
    return List.copyOf(returns);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
