package io.github.conflictguard.example.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown file.
 *
 * @param marker the comment in front of it, which says what kind it is; "" without one
 * @param text without the fences
 */
public record CodeBlock(String marker, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- ([^\\n]*) -->\\n)?```\\w*\\n(.*?)\\n```\\n", Pattern.DOTALL);

  /** The blocks of a file in their order. */
  public static List<CodeBlock> allIn(Path markdown) throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(markdown));
    while (matcher.find()) {
      blocks.add(new CodeBlock(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  public String firstLine() {
    return text.lines().findFirst().orElseThrow();
  }

  public String afterFirstLine() {
    return text.substring(text.indexOf('\n') + 1);
  }

  /** What stands at the place that the marker names, {@code region: file#name}, not indented. */
  public String regionOf(Path root) throws IOException {
    String[] place = marker.substring("region: ".length()).split("#", -1);
    List<String> lines = Files.readAllLines(root.resolve(place[0]));
    int from = indexOf("tag::" + place[1] + "[]", lines);
    int to = indexOf("end::" + place[1] + "[]", lines);
    return String.join("\n", lines.subList(from + 1, to)).stripIndent();
  }

  private static int indexOf(String mark, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(mark)) {
        return i;
      }
    }
    throw new AssertionError("no " + mark);
  }
}
