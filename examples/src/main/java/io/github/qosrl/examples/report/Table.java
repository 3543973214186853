package io.github.qosrl.examples.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns under a line of titles: numbers to the right, words to the left. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these titles and no rows. */
  public Table(String... titles) {
    rows.add(List.of(titles));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as there are titles
   */
  public Table row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + rows.get(0).size() + " titles");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines of the table, without line breaks. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String space = " ".repeat(width(column) - cell.length());
        line.append(column == 0 ? "" : GAP);
        line.append(isWords(column) ? cell + space : space + cell);
      }
      lines.add(line.toString().stripTrailing());
      if (lines.size() == 1) {
        lines.add("-".repeat(lineWidth()));
      }
    }
    return lines;
  }

  private boolean isWords(int column) {
    return rows.stream()
        .skip(1)
        .map(row -> row.get(column))
        .anyMatch(cell -> !cell.isEmpty() && Character.isLetter(cell.charAt(0)));
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private int lineWidth() {
    int width = -GAP.length();
    for (int column = 0; column < rows.get(0).size(); column++) {
      width += width(column) + GAP.length();
    }
    return width;
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }
}
