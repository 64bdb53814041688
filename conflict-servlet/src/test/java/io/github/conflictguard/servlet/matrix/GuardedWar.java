package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An application that asks for guards and is woven while it is loaded, in one of the ways. */
enum GuardedWar implements War {
  /** By an agent, if the JVM has one. */
  AGENT,

  /** By the class loader of the container; the agent's jar is among the libraries. */
  CONTAINER,

  /** By an agent that comes out of the application. */
  ATTACH,

  /** By nobody. */
  NONE;

  private static final String RULES =
      """
      {"guarded": "io.github.conflictguard.servlet.guarded.Stock#rep*(java.lang.String)",
       "rules": []}
      """;
  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app ATTRIBUTES>
        <context-param>
          <param-name>conflictguard.weaving</param-name>
          <param-value>WEAVING</param-value>
        </context-param>
        LINES
        <servlet>
          <servlet-name>stock</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.guarded.StockServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>stock</servlet-name>
          <url-pattern>/stock/*</url-pattern>
        </servlet-mapping>
      </web-app>
      """;

  @Override
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String about() {
    return path() + "/stock/about";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf("io.github.conflictguard.servlet.guarded")
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    if (this == CONTAINER || this == ATTACH) {
      files.put(
          "WEB-INF/lib/conflict-guard-agent.jar",
          Files.readAllBytes(Path.of(System.getProperty("agent.jar"))));
    }
    files.put("WEB-INF/conflict-guard.json", RULES.getBytes(UTF_8));
    files.put(
        "WEB-INF/web.xml",
        DESCRIPTOR
            .replace("ATTRIBUTES", server.namespace.descriptor)
            .replace("WEAVING", folder())
            .replace("LINES", Readme.linesOfWebXml())
            .getBytes(UTF_8));
    return files;
  }
}
