package io.github.conflictguard.servlet.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README tells people to write. */
final class Readme {

  private static final Pattern LINES_OF_WEB_XML =
      Pattern.compile("<!-- region: [^ ]*web\\.xml#filter -->\n```xml\n(.*?)```", Pattern.DOTALL);

  private static final Pattern INSTALL_COMMANDS =
      Pattern.compile("<!-- install -->\n```sh\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  /** The lines for {@code web.xml}. */
  static String linesOfWebXml() throws IOException {
    return only(LINES_OF_WEB_XML);
  }

  /** What puts the jar for {@code javax} into a WAR. */
  static String installCommands() throws IOException {
    return only(INSTALL_COMMANDS);
  }

  static String text() throws IOException {
    return Files.readString(Path.of(System.getProperty("project.root"), "README.md"));
  }

  private static String only(Pattern block) throws IOException {
    Matcher matcher = block.matcher(text());
    if (!matcher.find()) {
      throw new AssertionError("README.md has nothing like " + block);
    }
    return matcher.group(1);
  }
}
