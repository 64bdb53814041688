package io.github.conflictguard.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table of the documentation, wherever it is. Links are reduced to their text. */
public record MarkdownTable(Path file, List<String> header, List<List<String>> rows) {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_WRITTEN_HERE = Set.of("target", "node_modules", ".git");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /**
   * Returns the only table with this header that has a row for a name.
   *
   * @param header the beginning of its header row
   * @param name what stands in the first cell of a row, in backticks
   */
  public static MarkdownTable with(String name, String... header) {
    List<String> wanted = Arrays.asList(header);
    List<MarkdownTable> found =
        all().stream()
            .filter(table -> table.header.size() >= wanted.size())
            .filter(table -> table.header.subList(0, wanted.size()).equals(wanted))
            .filter(table -> table.names().contains(name))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " tables with the header " + wanted + " and a row for " + name);
    }
    return found.get(0);
  }

  /** Returns the names in backticks in the first cells, in their order. */
  public List<String> names() {
    return rows.stream().flatMap(row -> names(row.get(0)).stream()).toList();
  }

  /** Returns the row for a name. */
  public List<String> row(String name) {
    return rows.stream()
        .filter(row -> names(row.get(0)).contains(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + ": no row for " + name));
  }

  /** Returns the names in backticks in a cell. */
  public static List<String> names(String cell) {
    return NAME.matcher(cell).results().map((MatchResult result) -> result.group(1)).toList();
  }

  private static List<MarkdownTable> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<MarkdownTable> tables = new ArrayList<>();
      for (Path file : files.filter(MarkdownTable::isDocument).toList()) {
        readInto(tables, file);
      }
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDocument(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (NOT_WRITTEN_HERE.contains(part.toString())) {
        return false;
      }
    }
    return file.toString().endsWith(".md");
  }

  private static void readInto(List<MarkdownTable> tables, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith("|") && lines.get(i + 1).matches("\\|(:?-+:?\\|)+")) {
        List<String> header = cells(lines.get(i));
        List<List<String>> rows = new ArrayList<>();
        for (i += 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
          rows.add(cells(lines.get(i)));
        }
        tables.add(new MarkdownTable(file, header, rows));
      }
    }
  }

  /** A bar inside a cell is written as {@code \|}. */
  private static List<String> cells(String line) {
    String[] parts = line.trim().substring(1).split("(?<!\\\\)\\|", -1);
    return Arrays.stream(parts, 0, parts.length - 1)
        .map(part -> part.trim().replace("\\|", "|"))
        .map(part -> part.replaceAll("\\[([^]\\[]*)]\\([^()]*\\)", "$1"))
        .toList();
  }
}
