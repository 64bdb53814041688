package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An application with a database in memory, which keeps conflicts to itself in one way. Nobody
 * speaks of {@code /plain/*} in its rules file, if it has one, and a rule does of {@code /ruled/*}.
 */
enum SwallowingWar implements War {
  /** It leaves the exception to its error page, in an attribute of the request. */
  ATTRIBUTE(null),

  /** It catches everything, and answers 200. */
  CATCH_ALL("2xx"),

  /** It redirects to where it would have redirected after it had stored. */
  REDIRECT("302 /list"),

  /** What the handler left is stored when the handler is through, and the page written. */
  COMMIT_LATER(null);

  private static final String SAMPLES = "io.github.conflictguard.servlet.swallow";
  private static final String ERROR_JSP =
      """
      <%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" isErrorPage="true" %>
      <h1>Error</h1><% out.flush(); %><pre>${exception}</pre>
      """;
  private static final String RULES =
      """
      {
        "fields": {"uk_customer_email": "e-mail"},
        "rules": [{"name": "ruled", "write": "/ruled/*", "suspectResponses": "%s"}]
      }
      """;

  /** Which answers the rule calls suspicious; null where there are no rules. */
  private final String swallowed;

  SwallowingWar(String swallowed) {
    this.swallowed = swallowed;
  }

  /** The path of what swallows. */
  String path(String rule) {
    return path() + "/" + rule + "/" + folder();
  }

  /** Whether it needs a rule to be found out. */
  boolean needsRule() {
    return swallowed != null;
  }

  @Override
  public String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String about() {
    return path() + "/plain/count";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf(SAMPLES)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    files.put("WEB-INF/lib/h2.jar", Files.readAllBytes(h2()));
    files.put("WEB-INF/error.jsp", ERROR_JSP.getBytes(UTF_8));
    files.put(
        "WEB-INF/web.xml",
        DESCRIPTOR
            .replace("ATTRIBUTES", server.namespace.descriptor)
            .replace("LINES", Readme.linesOfWebXml())
            .getBytes(UTF_8));
    if (swallowed != null) {
      files.put("WEB-INF/conflict-guard.json", RULES.formatted(swallowed).getBytes(UTF_8));
    }
    return files;
  }

  private static Path h2() {
    try {
      return Path.of(
          JdbcDataSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app ATTRIBUTES>
        LINES
        <servlet>
          <servlet-name>customers</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.swallow.SwallowingServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>customers</servlet-name>
          <url-pattern>/plain/*</url-pattern>
        </servlet-mapping>
        <servlet-mapping>
          <servlet-name>customers</servlet-name>
          <url-pattern>/ruled/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>error-view</servlet-name>
          <jsp-file>/WEB-INF/error.jsp</jsp-file>
        </servlet>
        <servlet-mapping>
          <servlet-name>error-view</servlet-name>
          <url-pattern>/error-view</url-pattern>
        </servlet-mapping>
      </web-app>
      """;
}
