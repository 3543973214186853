package io.github.qosrl.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes: results to standard output, everything about how it goes to standard
 * error.
 *
 * <p>Colours and rewritten lines appear only on a terminal, and colours not if {@code NO_COLOR} is
 * set (no-color.org). Thread-safe.
 */
public final class Terminal {
  private static final String CLEAR_LINE = "\r\u001b[K";

  /** Cuts what is too long at the right margin (DECAWM): a wrapped line could not be replaced. */
  private static final String WITHOUT_WRAPPING = "\u001b[?7l%s\u001b[?7h";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean interactive;
  private final Ansi ansi;
  private boolean lineIsOpen;

  /** Lines of the live block above the one that the cursor is in. */
  private int linesAbove;

  /**
   * @param interactive whether a person watches: rewrites the live line in place
   * @param ansi whether to use colours
   */
  Terminal(PrintWriter out, PrintWriter err, boolean interactive, Ansi ansi) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    this.ansi = ansi;
  }

  /** The terminal that this process was started from. */
  public static Terminal system(PrintWriter out, PrintWriter err) {
    boolean tty = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    boolean colours = tty && System.getenv("NO_COLOR") == null;
    return new Terminal(out, err, tty, colours ? Ansi.ON : Ansi.OFF);
  }

  /** Whether a person watches. */
  public boolean interactive() {
    return interactive;
  }

  /** One line of the result, with picocli's markup for colours: {@code @|bold text|@}. */
  public synchronized void print(String markup) {
    closeLine();
    out.println(ansi.string(markup));
    out.flush();
  }

  /** One line of the result, as it is. */
  public synchronized void printRaw(String text) {
    closeLine();
    out.println(text);
    out.flush();
  }

  /** One line about how it goes, with picocli's markup. */
  public synchronized void note(String markup) {
    closeLine();
    err.println(ansi.string(markup));
    err.flush();
  }

  /** One line about how it goes, as it is. */
  public synchronized void noteRaw(String text) {
    closeLine();
    err.println(text);
    err.flush();
  }

  /**
   * A line that the next one replaces on a terminal; elsewhere each is printed below the last.
   *
   * @param text as it is
   */
  public synchronized void live(String text) {
    if (interactive) {
      err.print(CLEAR_LINE + WITHOUT_WRAPPING.formatted(text));
      lineIsOpen = true;
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Lines that the next ones replace on a terminal; elsewhere all are printed. */
  public synchronized void live(List<String> lines) {
    if (!interactive || lines.size() < 2) {
      lines.forEach(this::live);
      return;
    }
    String up = linesAbove > 0 ? "\u001b[" + linesAbove + "A" : "";
    err.print(up + "\r\u001b[J" + WITHOUT_WRAPPING.formatted(String.join("\n", lines)));
    err.flush();
    linesAbove = lines.size() - 1;
    lineIsOpen = true;
  }

  /** How far it is: a line that the next one replaces on a terminal, and nothing elsewhere. */
  public synchronized void progress(String text) {
    if (interactive) {
      live(text);
    }
  }

  /** Takes a progress bar that replaces itself; null where nobody watches. */
  public @Nullable Consumer<String> bar() {
    return interactive ? this::live : null;
  }

  /** What went wrong, in one line, after the program's name. */
  public synchronized void error(String message) {
    closeLine();
    err.println(ansi.string("@|bold,red qos:|@ ") + message);
    err.flush();
  }

  /** The live line stays as it is. */
  public synchronized void endLive() {
    closeLine();
    err.flush();
  }

  private void closeLine() {
    if (lineIsOpen) {
      err.println();
      lineIsOpen = false;
      linesAbove = 0;
    }
  }
}
