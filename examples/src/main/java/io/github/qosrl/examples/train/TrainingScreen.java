package io.github.qosrl.examples.train;

import io.github.qosrl.rl.Evaluation;
import io.github.qosrl.rl.TrainingListener;
import io.github.qosrl.rl.TrainingProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a training run goes: a progress bar with the course of the evaluations on a terminal, a
 * line for each evaluation elsewhere.
 */
public final class TrainingScreen implements TrainingListener, AutoCloseable {
  private static final int PERCENT = 100;
  private static final int BAR_WIDTH = 30;
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int CURVE_WIDTH = 60;
  private static final int SHORT_CURVE_WIDTH = 20;

  private final Consumer<String> lines;
  private final DoubleSupplier timeUsed;
  private final @Nullable ProgressBar bar;
  private final List<Double> returns = new ArrayList<>();
  private String newest = "";
  private boolean closed;

  /**
   * @param bar takes the bar each time it has moved; null to draw none
   * @param lines takes a line of text, where no bar is drawn
   */
  public TrainingScreen(@Nullable Consumer<String> bar, Consumer<String> lines) {
    this(bar, lines, () -> 0);
  }

  /**
   * @param timeUsed the part of the time that the training may take which has passed, 0 to 1
   */
  public TrainingScreen(
      @Nullable Consumer<String> bar, Consumer<String> lines, DoubleSupplier timeUsed) {
    this.lines = lines;
    this.timeUsed = timeUsed;
    this.bar =
        bar == null
            ? null
            : new ProgressBarBuilder()
                .setInitialMax(PERCENT)
                .setRenderer((state, width) -> render(state))
                // Its own way to a terminal takes SIGINT away from whoever waits for it.
                .setConsumer(new DelegatingProgressBarConsumer(bar, Integer.MAX_VALUE))
                .setUpdateIntervalMillis(250)
                .continuousUpdate() // An evaluation takes seconds, in which nothing else moves.
                .build();
  }

  private static String render(ProgressState state) {
    int done = (int) Math.round(state.getNormalizedProgress() * BAR_WIDTH);
    return String.format(
        Locale.ROOT,
        "training %3d %% %s%s %d:%02d%s",
        state.getCurrent(),
        "█".repeat(done),
        "░".repeat(BAR_WIDTH - done),
        state.getTotalElapsed().toMinutes(),
        state.getTotalElapsed().toSecondsPart(),
        state.getExtraMessage());
  }

  @Override
  public void onProgress(TrainingProgress progress) {
    if (progress.stepsPerSecond() > 0) { // The report at the end has no steps of its own.
      newest = ended(progress) + speed(progress);
    }
    if (bar != null) {
      bar.stepTo(Math.round(Math.max(progress.fraction(), timeUsed.getAsDouble()) * PERCENT));
      bar.setExtraMessage("  " + newest + "  " + blocks(SHORT_CURVE_WIDTH));
    }
  }

  /** How the episodes go, once one has ended. */
  private static String ended(TrainingProgress progress) {
    return Double.isNaN(progress.meanReturn())
        ? ""
        : String.format(
            Locale.ROOT, "episode %d  return %.0f  ", progress.episodes(), progress.meanReturn());
  }

  private static String speed(TrainingProgress progress) {
    return String.format(
        Locale.ROOT, "ε %.2f  %,.0f steps/s", progress.epsilon(), progress.stepsPerSecond());
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
                  newest)
              .stripTrailing());
    }
  }

  /**
   * The course of the evaluations as one line of blocks, the lowest to the highest; none if nothing
   * was evaluated.
   */
  public Optional<String> curve() {
    if (returns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "evaluation return %s  from %.1f, best %.1f",
            blocks(CURVE_WIDTH),
            returns.get(0),
            Collections.max(returns)));
  }

  private String blocks(int most) {
    if (returns.isEmpty()) {
      return "";
    }
    double low = Collections.min(returns);
    double high = Collections.max(returns);
    StringBuilder curve = new StringBuilder();
    int width = Math.min(most, returns.size());
    for (int i = 0; i < width; i++) {
      double value = returns.get((int) ((i + 1L) * returns.size() / width) - 1);
      double height = high > low ? (value - low) / (high - low) : 0.5;
      curve.append(BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1))));
    }
    return curve.toString();
  }

  @Override
  public void close() {
    if (bar != null && !closed) {
      bar.close();
    }
    closed = true;
  }
}
