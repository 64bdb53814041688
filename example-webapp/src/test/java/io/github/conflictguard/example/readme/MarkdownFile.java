package io.github.conflictguard.example.readme;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A Markdown file of the repository.
 *
 * @param root the folder of the repository
 * @param file below it
 */
public record MarkdownFile(Path root, Path file) {

  private static final Set<String> NOT_SOURCES = Set.of(".git", "target", "node_modules");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
  private static final Pattern SPAN = Pattern.compile("`[^`]+`");
  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?)\\s*$");

  /** Returns every Markdown file below a folder, in the order of the paths. */
  public static List<MarkdownFile> allIn(Path root) throws IOException {
    Set<Path> files = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_SOURCES.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files.stream().map(file -> new MarkdownFile(root, file)).toList();
  }

  /** Returns the path inside the repository, with slashes. */
  public String name() {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** Returns the whole text. */
  public String text() throws IOException {
    return Files.readString(file);
  }

  /** Returns the fenced blocks. */
  public List<CodeBlock> blocks() throws IOException {
    return CodeBlock.allIn(file);
  }

  /** Returns the text without code and comments; lines keep their numbers. */
  public String prose() throws IOException {
    String text = withoutBlocks();
    return SPAN.matcher(LINK.matcher(text).replaceAll(MarkdownFile::label)).replaceAll("x");
  }

  private static String label(MatchResult link) {
    String whole = link.group();
    return java.util.regex.Matcher.quoteReplacement(whole.substring(1, whole.lastIndexOf("](")));
  }

  /** Returns the targets of all links, in their order. */
  public List<String> links() throws IOException {
    String text = SPAN.matcher(withoutBlocks()).replaceAll("x");
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  /** Returns the headings, without the signs in front. */
  public List<String> headings() throws IOException {
    return HEADING.matcher(withoutBlocks()).results().map(line -> line.group(1)).toList();
  }

  /** Returns the anchors of the headings, as GitHub derives them. */
  public Set<String> anchors() throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    List<String> anchors = new ArrayList<>();
    for (String heading : headings()) {
      String anchor =
          LINK.matcher(heading)
              .replaceAll(MarkdownFile::label)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return new TreeSet<>(anchors);
  }

  private String withoutBlocks() throws IOException {
    String text = BLOCK.matcher(text()).replaceAll(MarkdownFile::blank);
    return COMMENT.matcher(text).replaceAll(MarkdownFile::blank);
  }

  private static String blank(MatchResult part) {
    return "\n".repeat((int) part.group().chars().filter(c -> c == '\n').count());
  }
}
