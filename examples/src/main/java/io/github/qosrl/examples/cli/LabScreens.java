package io.github.qosrl.examples.cli;

import io.github.qosrl.examples.lab.LabEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows the runs of a laboratory elsewhere, one after the other. */
final class LabScreens implements Consumer<LabEvent> {
  private final Terminal terminal;
  private @Nullable LabScreen screen;
  private String run = "";

  LabScreens(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void accept(LabEvent event) {
    String present = event.agent() + " " + event.seed();
    LabScreen shown = screen;
    if (shown == null || !present.equals(run)) {
      end();
      shown = new LabScreen(terminal, event.agent());
      screen = shown;
      run = present;
    }
    shown.accept(event.moment());
  }

  /** All runs are over. */
  void end() {
    if (screen != null) {
      screen.end();
    }
  }
}
