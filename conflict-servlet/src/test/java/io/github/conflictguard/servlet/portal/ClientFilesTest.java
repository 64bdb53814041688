package io.github.conflictguard.servlet.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The module for browsers as it is in the jar. */
class ClientFilesTest {

  private static final int LIMIT = 4096;

  @Test
  void servedModuleHasLessThanFourKibibytes() {
    Document script = new ClientFiles().named("client.js");
    assertTrue(script.body().length < LIMIT, script.body().length + " bytes");
  }

  @Test
  void moduleSourceAndTypesExportTheSameNames() {
    TreeSet<String> names = exports("client.js");
    assertEquals(names, exports("client.min.js"));
    assertTrue(exports("client.d.ts").containsAll(names));
  }

  private static TreeSet<String> exports(String file) {
    String text =
        new String(Document.ofFile(file, "text/javascript").body(), StandardCharsets.UTF_8);
    TreeSet<String> names = new TreeSet<>();
    Matcher export = Pattern.compile("export (?:class|function|const|let) (\\w+)").matcher(text);
    while (export.find()) {
      names.add(export.group(1));
    }
    return names;
  }

  @Test
  void moduleImportsNothing() {
    String text = new String(new ClientFiles().named("client.js").body(), StandardCharsets.UTF_8);
    assertTrue(!text.contains("import"), text);
  }
}
