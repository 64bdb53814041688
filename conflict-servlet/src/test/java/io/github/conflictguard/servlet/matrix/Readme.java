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

  private Readme() {}

  /** The lines for {@code web.xml}. */
  static String linesOfWebXml() throws IOException {
    String readme = Files.readString(Path.of(System.getProperty("project.root"), "README.md"));
    Matcher matcher = LINES_OF_WEB_XML.matcher(readme);
    if (!matcher.find()) {
      throw new AssertionError("README.md has no lines for web.xml");
    }
    return matcher.group(1);
  }
}
