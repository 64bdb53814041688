package io.github.conflictguard.servlet.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the documents give owners to copy. */
final class Readme {

  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  private static final Pattern LINES_OF_WEB_XML =
      Pattern.compile("<!-- region: [^ ]*web\\.xml#filter -->\n```xml\n(.*?)```", Pattern.DOTALL);

  private static final Pattern INSTALL_COMMANDS =
      Pattern.compile("<!-- install -->\n```sh\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  /** The lines for {@code web.xml}. */
  static String linesOfWebXml() throws IOException {
    return only(LINES_OF_WEB_XML, reference());
  }

  /** What puts the jar for {@code javax} into a WAR. */
  static String installCommands() throws IOException {
    return only(INSTALL_COMMANDS, text());
  }

  /** The main page. */
  static String text() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  /** The reference of the filter. */
  private static String reference() throws IOException {
    return Files.readString(ROOT.resolve("conflict-servlet/README.md"));
  }

  private static String only(Pattern block, String document) {
    Matcher matcher = block.matcher(document);
    if (!matcher.find()) {
      throw new AssertionError("no block like " + block);
    }
    return matcher.group(1);
  }
}
