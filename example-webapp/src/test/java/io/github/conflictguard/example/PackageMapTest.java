package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package tables of ARCHITECTURE.md list the packages of the sources. */
class PackageMapTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String SOURCES = "src/main/java/io/github/conflictguard";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z0-9.]+`|\\(root\\)) \\|");

  private final String document;

  PackageMapTest() throws Exception {
    document = Files.readString(ROOT.resolve(".github/ARCHITECTURE.md"));
  }

  @Test
  void tableOfTheCoreListsItsPackages() throws Exception {
    assertEquals(
        packagesIn(ROOT.resolve("conflict-core").resolve(SOURCES)),
        listed("Core, below", "Filter, below"));
  }

  @Test
  void tableOfTheFilterListsItsPackages() throws Exception {
    assertEquals(
        packagesIn(ROOT.resolve("conflict-servlet").resolve(SOURCES).resolve("servlet")),
        listed("Filter, below", "## What holds everywhere"));
  }

  private SortedSet<String> listed(String from, String to) {
    String part = document.substring(document.indexOf(from), document.indexOf(to));
    List<String> names =
        ROW.matcher(part)
            .results()
            .map((MatchResult row) -> row.group(1).replace("`", "").replace("(root)", ""))
            .toList();
    return new TreeSet<>(names);
  }

  private static SortedSet<String> packagesIn(Path folder) throws IOException {
    SortedSet<String> packages = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> folder.relativize(file.getParent()).toString())
          .map(name -> name.replace('\\', '.').replace('/', '.'))
          .forEach(packages::add);
    }
    return packages;
  }
}
