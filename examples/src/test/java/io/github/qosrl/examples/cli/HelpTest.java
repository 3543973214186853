package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What {@code --help} says of every command. */
final class HelpTest {
  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(all, List.of(), qos());
    return all.stream();
  }

  private static void collect(List<List<String>> all, List<String> path, CommandLine command) {
    all.add(path);
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> below = new ArrayList<>(path);
              below.add(name);
              collect(all, below, sub);
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void hasExamplesThatAreAcceptedAndFitsATerminal(List<String> path) {
    CommandLine command = qos();
    for (String name : path) {
      command = Objects.requireNonNull(command.getSubcommands().get(name), name);
    }
    String help = command.getUsageMessage(Ansi.OFF);
    List<String> examples =
        help.substring(help.indexOf("Examples:"))
            .lines()
            .map(line -> line.replaceFirst(" {3,}.*", "").strip().replaceFirst("^sudo ", ""))
            .filter(line -> line.startsWith("qos "))
            .toList();
    assertFalse(examples.isEmpty(), help);
    for (String example : examples) {
      String[] words = example.replace("COMMAND ", "").substring("qos ".length()).split(" ");
      assertDoesNotThrow(() -> qos().parseArgs(words), example);
    }
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }

  private static CommandLine qos() {
    return new Invocation().commandLine().setUsageHelpAutoWidth(false);
  }
}
