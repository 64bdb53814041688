package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The old application without the jar, and with the jar under each access to the monitor. */
enum MonitorWar implements War {
  /** The application as it was. */
  PLAIN(null),

  /** The jar, and no setting. */
  QUIET(""),

  /** A role that no client of the tests has. */
  ROLES(param("monitor", "role:operator")),

  /** A token, and changes. */
  TOKEN(
      param("monitor", "token")
          + param("monitorToken", MonitorWar.SECRET)
          + param("monitorWrites", "true"));

  static final String SECRET = "the-token-of-this-test-only";

  private static final String JAR = "WEB-INF/lib/conflict-guard.jar";
  private static final String DESCRIPTOR = "WEB-INF/web.xml";
  private static final String RULES =
      """
      {"rules": [{"name": "records", "read": "/records/{id}", "write": "/records/{id}",
                  "tag": "body", "allowInternalGet": true}]}
      """;

  /** Context parameters; null for the application without the jar. */
  private final String settings;

  MonitorWar(String settings) {
    this.settings = settings;
  }

  /** All names have the same length, so that responses with the path have it as well. */
  @Override
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String about() {
    return path() + "/about";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = LegacyWar.JAR_ALONE.files(server);
    if (settings == null) {
      files.remove(JAR);
      return files;
    }
    String descriptor = new String(files.get(DESCRIPTOR), UTF_8);
    int start = descriptor.indexOf("<context-param>");
    files.put(
        DESCRIPTOR,
        (descriptor.substring(0, start) + settings + descriptor.substring(start)).getBytes(UTF_8));
    files.put("WEB-INF/conflict-guard.json", RULES.getBytes(UTF_8));
    return files;
  }

  private static String param(String name, String value) {
    return "<context-param><param-name>conflictguard."
        + name
        + "</param-name><param-value>"
        + value
        + "</param-value></context-param>";
  }
}
