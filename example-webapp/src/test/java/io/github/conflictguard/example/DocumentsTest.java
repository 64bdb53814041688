package io.github.conflictguard.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.readme.Idioms;
import io.github.conflictguard.example.readme.MarkdownFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that hold for every Markdown file of the repository. */
class DocumentsTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What a newcomer reads in four minutes. */
  private static final int LONGEST_README = 10_240;

  private static final List<String> PAGES =
      List.of(
          "README.md",
          "conflict-core/README.md",
          "conflict-servlet/BENCHMARKS.md",
          "conflict-servlet/README.md",
          "conflict-servlet/RECIPES.md",
          "example-webapp/README.md",
          ".github/ARCHITECTURE.md",
          ".github/CONTRIBUTING.md",
          ".github/SECURITY.md");

  private final List<MarkdownFile> files;

  DocumentsTest() throws Exception {
    files = MarkdownFile.allIn(ROOT);
  }

  @Test
  void everyPageExists() {
    List<String> names = files.stream().map(MarkdownFile::name).toList();
    List<String> missing = new ArrayList<>(PAGES);
    missing.removeAll(names);
    assertEquals(List.of(), missing);
  }

  @Test
  void readmeIsShort() throws Exception {
    int length = Files.readString(ROOT.resolve("README.md")).getBytes(UTF_8).length;
    assertTrue(length <= LONGEST_README, length + " bytes");
  }

  @Test
  void everyRelativeLinkLeadsToAFileAndAHeading() throws Exception {
    List<String> broken = new ArrayList<>();
    for (MarkdownFile from : files) {
      for (String link : from.links()) {
        if (!link.matches("[a-z]+:.*") && !leadsSomewhere(from, link)) {
          broken.add(from.name() + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPageBeginsWithItsPurposeAndEndsWithTheNextPages() throws Exception {
    for (MarkdownFile page : files) {
      if (PAGES.contains(page.name())) {
        String[] lines = page.text().split("\n", 4);
        assertTrue(lines[0].startsWith("# ") && lines[1].isEmpty(), page.name());
        assertFalse(lines[2].isEmpty() || lines[2].startsWith("#"), page.name());
        List<String> headings = page.headings();
        assertEquals("Where to go next", headings.get(headings.size() - 1), page.name());
        String end = page.text().substring(page.text().lastIndexOf("## Where to go next"));
        assertTrue(end.contains("]("), page.name());
      }
    }
  }

  @Test
  void noDocumentUsesAnIdiomOfTheList() throws Exception {
    Idioms idioms = Idioms.ofDocuments();
    List<String> found = new ArrayList<>();
    for (MarkdownFile file : files) {
      found.addAll(idioms.foundIn(file.name(), file.prose()));
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void idiomsAreFoundInProseAndNotInCode() throws Exception {
    Idioms idioms = Idioms.ofDocuments();
    assertEquals(1, idioms.foundIn("x", "Deploy it\nas  ever.").size());
    assertEquals(1, idioms.foundIn("x", "It is no\nconflict.").size());
    assertEquals(List.of(), idioms.foundIn("x", "There is no release, besides."));
    Path file = Files.createTempFile("prose", ".md");
    try {
      Files.writeString(file, "`ask` it\n```sh\nask whoever\n```\n[a](beside.md) says\n");
      String prose = new MarkdownFile(file.getParent(), file).prose();
      assertEquals(
          List.of("x:5: 'says' => contains, reports, specifies; for people: write, state"),
          idioms.foundIn("x", prose));
    } finally {
      Files.delete(file);
    }
  }

  private boolean leadsSomewhere(MarkdownFile from, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? from.file() : from.file().resolveSibling(parts[0]).normalize();
    if (!target.startsWith(ROOT) || !Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || new MarkdownFile(ROOT, target).anchors().contains(parts[1]);
  }
}
