package io.github.qosrl.core.host;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command to run: a program and its arguments, passed on as they are.
 *
 * @param argv the program and its arguments; at least one
 * @param timeout the longest that {@link Host#run} lets it take; positive
 * @param input what it reads on its standard input
 */
public record Command(List<String> argv, Duration timeout, String input) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException if there is no program, or the timeout is not positive
   */
  public Command {
    argv = List.copyOf(argv);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + " is not positive");
    }
  }

  /** A command with no input and a timeout of 10 seconds. */
  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  /** A command with no input and a timeout of 10 seconds. */
  public static Command of(List<String> argv) {
    return new Command(argv, DEFAULT_TIMEOUT, "");
  }

  /** The same command with another timeout. */
  public Command within(Duration newTimeout) {
    return new Command(argv, newTimeout, input);
  }

  /** The same command with something to read on its standard input. */
  public Command withInput(String newInput) {
    return new Command(argv, timeout, newInput);
  }

  /** The program's name. */
  public String program() {
    return argv.get(0);
  }

  /**
   * The program and its arguments as text that a POSIX shell takes for exactly these words.
   *
   * @throws IllegalArgumentException if one of them has a NUL character, which no shell can pass on
   */
  public String quoted() {
    return argv.stream().map(Command::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (word.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a word of a command has a NUL character");
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** As one would type it, for messages. */
  @Override
  public String toString() {
    return String.join(" ", argv);
  }
}
