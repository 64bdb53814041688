package io.github.conflictguard.example.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of idioms that the prose of this project avoids, see {@code idioms.txt}. */
public final class Idioms {

  private final List<Idiom> idioms;

  private Idioms(List<Idiom> idioms) {
    this.idioms = idioms;
  }

  /** Returns the idioms for Markdown. */
  public static Idioms ofDocuments() throws IOException {
    return of(List.of("[all]", "[documents]"));
  }

  /** Returns the idioms for comments and messages of Java sources. */
  public static Idioms ofSources() throws IOException {
    return of(List.of("[all]"));
  }

  private static Idioms of(List<String> sections) throws IOException {
    List<Idiom> idioms = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Idioms.class.getResourceAsStream("idioms.txt")),
                StandardCharsets.UTF_8))) {
      String section = "";
      for (String line : lines.lines().toList()) {
        if (line.startsWith("[")) {
          section = line;
        } else if (!line.isBlank() && !line.startsWith("#") && sections.contains(section)) {
          idioms.add(Idiom.parse(line));
        }
      }
    }
    return new Idioms(List.copyOf(idioms));
  }

  /**
   * Returns a line for each idiom in a text.
   *
   * @param place the start of each line, the name of a file for example
   * @param prose without code; line breaks count as spaces
   */
  public List<String> foundIn(String place, String prose) {
    List<String> found = new ArrayList<>();
    for (Idiom idiom : idioms) {
      Matcher matcher = idiom.pattern.matcher(prose);
      while (matcher.find()) {
        long line = prose.substring(0, matcher.start()).lines().count();
        found.add(
            place + ":" + Math.max(line, 1) + ": '" + matcher.group() + "' => " + idiom.better);
      }
    }
    return found;
  }

  private record Idiom(Pattern pattern, String better) {

    static Idiom parse(String line) {
      String[] parts = line.split(" => ", 2);
      String words = parts[0].replace(" | ", "|").replace(" ", "\\s+");
      return new Idiom(
          Pattern.compile("\\b(?:" + words + ")(?![\\w-])", Pattern.CASE_INSENSITIVE), parts[1]);
    }
  }
}
