package io.github.qosrl.linux.tc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sorts the lines that {@code tc} prints during one exchange to the commands they answer. Pure: it
 * is fed lines and knows no process.
 *
 * <p>An error is one or more lines on standard error that end with {@code Command failed -:N},
 * where N counts the lines of the session from 1. A reading command prints one line of JSON; {@code
 * class show} prints plain text before iproute2 6.2.
 */
final class TcTranscript {
  private static final Pattern FAILED = Pattern.compile("Command failed -:(\\d{1,18})");

  /** Ends the plain text of {@code class show}; every namespace has this interface. */
  private static final String TERMINATOR = "qdisc show dev lo";

  private final List<String> commands;
  private final long firstLine;
  private final boolean jsonClasses;
  private final Map<Integer, String> errors = new HashMap<>();
  private final List<String> complaint = new ArrayList<>();
  private final List<String> printed = new ArrayList<>();
  private int arrays;
  private boolean barrier;

  /**
   * @param commands what will be sent
   * @param linesBefore how many lines the session sent before them
   * @param jsonClasses whether {@code class show} prints JSON
   */
  TcTranscript(List<String> commands, long linesBefore, boolean jsonClasses) {
    for (String command : commands) {
      if (command.indexOf('\n') >= 0 || command.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("a tc command is one line: '" + command + "'");
      }
    }
    this.commands = new ArrayList<>(commands);
    this.firstLine = linesBefore + 1;
    this.jsonClasses = jsonClasses;
    if (!jsonClasses && endsWithText(commands)) {
      this.commands.add(TERMINATOR);
    }
  }

  private static boolean endsWithText(List<String> commands) {
    for (int i = commands.size() - 1; i >= 0; i--) {
      if (isRead(commands.get(i))) {
        return commands.get(i).startsWith("class ");
      }
    }
    return false;
  }

  private static boolean isRead(String command) {
    return command.contains(" show");
  }

  private boolean printsArray(String command) {
    return isRead(command) && (jsonClasses || !command.startsWith("class "));
  }

  /** What to send: the commands, what this needs to tell their outputs apart, and the barrier. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(commands);
    lines.add(TcSession.BARRIER);
    return lines;
  }

  void accept(TcOutputReader.Line line) {
    String text = line.text();
    if (!line.error()) {
      if (text.startsWith("[")) {
        arrays++;
      }
      printed.add(text);
      return;
    }
    Matcher failed = FAILED.matcher(text);
    if (!failed.matches()) {
      complaint.add(text);
      return;
    }
    long position = Long.parseLong(failed.group(1)) - firstLine;
    if (position == commands.size()) {
      barrier = true;
    } else if (position >= 0 && position < commands.size()) {
      errors.put((int) position, summary());
    }
    complaint.clear();
  }

  /** The line that says what is wrong, without the usage text that may follow. */
  private String summary() {
    return complaint.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !text.startsWith("Warning:"))
        .findFirst()
        .orElse("no reason given");
  }

  /** Whether all commands are done and all they print has been seen. */
  boolean complete() {
    return barrier && arrays >= expectedArrays();
  }

  private int expectedArrays() {
    int expected = 0;
    for (int i = 0; i < commands.size(); i++) {
      if (printsArray(commands.get(i)) && !errors.containsKey(i)) {
        expected++;
      }
    }
    return expected;
  }

  TcReply reply() {
    Map<Integer, String> outputs = new HashMap<>();
    int next = 0;
    for (int i = 0; i < commands.size(); i++) {
      String command = commands.get(i);
      if (!isRead(command) || errors.containsKey(i)) {
        continue;
      }
      StringBuilder text = new StringBuilder();
      if (printsArray(command)) {
        // A kind of qdisc that prints plain text into the JSON may break the line.
        do {
          text.append(next < printed.size() ? printed.get(next++) : "]").append('\n');
        } while (!text.toString().endsWith("]\n"));
      } else {
        while (next < printed.size() && !printed.get(next).startsWith("[")) {
          text.append(printed.get(next++)).append('\n');
        }
      }
      outputs.put(i, text.toString());
    }
    return new TcReply(commands, errors, outputs);
  }
}
