package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An application behind a filter that forwards what it gets. */
enum RewrittenWar implements War {
  /** The guard is registered by the jar, and a rule applies to forwards. */
  JAR_ALONE("io.github.conflictguard.servlet.rewritten.Rewriting", true),

  /** The lines of the README, with another dispatcher. */
  LINES("io.github.conflictguard.servlet.rewritten.Rewriting", true),

  /** No rule applies to forwards. */
  UNTOLD("io.github.conflictguard.servlet.rewritten.Rewriting", false),

  /** UrlRewriteFilter, of which there is one for {@code javax} alone. */
  TUCKEY("org.tuckey.web.filters.urlrewrite.UrlRewriteFilter", true);

  private static final String RULES =
      """
      {"rules": [{"name": "records", "key": "record/{id}", "read": "/record?id={id}",
        "write": "/record?id={id}", "dispatch": ["REQUEST", "FORWARD"]}]}
      """;

  private static final String REWRITES =
      """
      <urlrewrite>
        <rule><from>^/r/([0-9]+)$</from><to>/record?id=$1</to></rule>
      </urlrewrite>
      """;

  private static final String DESCRIPTOR =
      """
      <web-app %s>
        <filter><filter-name>rewriting</filter-name><filter-class>%s</filter-class></filter>
        <filter-mapping>
          <filter-name>rewriting</filter-name>
          <url-pattern>/*</url-pattern>
        </filter-mapping>
        %s
        <servlet>
          <servlet-name>record</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.rewritten.Record</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>record</servlet-name>
          <url-pattern>/record</url-pattern>
        </servlet-mapping>
      </web-app>
      """;

  private final String filter;
  private final boolean ruled;

  RewrittenWar(String filter, boolean ruled) {
    this.filter = filter;
    this.ruled = ruled;
  }

  /** Those that a server can run. */
  static List<RewrittenWar> of(ServerKind server) {
    return Stream.of(values())
        .filter(war -> war != TUCKEY || server.namespace == Namespace.JAVAX)
        .toList();
  }

  /** Whether forwarded requests are judged. */
  boolean isRuled() {
    return ruled;
  }

  @Override
  public String folder() {
    return "rewritten-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String about() {
    return path() + "/record";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf("io.github.conflictguard.servlet.rewritten")
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    if (ruled) {
      files.put("WEB-INF/conflict-guard.json", RULES.getBytes(UTF_8));
    }
    if (this == TUCKEY) {
      files.put("WEB-INF/urlrewrite.xml", REWRITES.getBytes(UTF_8));
      files.put("WEB-INF/lib/urlrewritefilter.jar", Files.readAllBytes(tuckey()));
    }
    String lines =
        this == LINES
            ? Readme.linesOfWebXml()
                .replace(
                    "<dispatcher>ASYNC</dispatcher>",
                    "<dispatcher>ASYNC</dispatcher><dispatcher>FORWARD</dispatcher>")
            : "";
    String descriptor = DESCRIPTOR.formatted(server.namespace.descriptor, filter, lines);
    files.put("WEB-INF/web.xml", descriptor.getBytes(UTF_8));
    return files;
  }

  private static Path tuckey() {
    return Path.of(
        System.getProperty("containers.folder"), "../libraries/tuckey/urlrewritefilter-4.0.4.jar");
  }
}
