package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An application whose reads leave marks on the request. */
enum ProbedWar implements War {
  PROTECT,
  OBSERVE;

  private static final String SAMPLES = "io.github.conflictguard.servlet.probed";
  private static final String RULES =
      """
      {"rules": [
        {"name": "elsewhere", "key": "r/{id}", "read": "/read/{id}?view=plain",
         "write": "PUT /x?w={id}", "mode": "MODE"},
        {"name": "nested", "key": "n/{id}", "read": "/read/{id}?view=full",
         "write": "PUT /x?n={id}", "mode": "MODE"},
        {"name": "page", "key": "p/{name}", "read": "/read/{name}",
         "write": "POST /x?save&form.name={name}", "mode": "MODE"},
        {"name": "own", "read": "GET /own", "write": "PUT /own", "mode": "MODE"}
      ]}
      """;
  private static final String DESCRIPTOR =
      """
      <web-app ATTRIBUTES>
        <filter>
          <filter-name>front</filter-name>
          <filter-class>SAMPLES.FrontFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter>
          <filter-name>once</filter-name>
          <filter-class>SAMPLES.OnceFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping><filter-name>front</filter-name><url-pattern>/*</url-pattern></filter-mapping>
        LINES
        <filter-mapping>
          <filter-name>once</filter-name>
          <url-pattern>/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
        </filter-mapping>
        <servlet>
          <servlet-name>probed</servlet-name>
          <servlet-class>SAMPLES.ProbedServlet</servlet-class>
          <async-supported>true</async-supported>
        </servlet>
        MAPPINGS
        <security-constraint>
          <web-resource-collection>
            <web-resource-name>adm</web-resource-name>
            <url-pattern>/adm/*</url-pattern>
          </web-resource-collection>
          <auth-constraint/>
        </security-constraint>
      </web-app>
      """;

  @Override
  public String folder() {
    return "probed-" + name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String about() {
    return path() + "/about";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    StringBuilder mappings = new StringBuilder();
    for (String pattern :
        new String[] {"/about", "/read/*", "/view", "/x", "/own", "/adm/*", "/plain"}) {
      mappings.append(
          "<servlet-mapping><servlet-name>probed</servlet-name><url-pattern>"
              + pattern
              + "</url-pattern></servlet-mapping>\n");
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf(SAMPLES)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    files.put(
        "WEB-INF/conflict-guard.json",
        RULES.replace("MODE", name().toLowerCase(Locale.ROOT)).getBytes(UTF_8));
    files.put(
        "WEB-INF/web.xml",
        DESCRIPTOR
            .replace("ATTRIBUTES", server.namespace.descriptor)
            .replace("LINES", Readme.linesOfWebXml())
            .replace("MAPPINGS", mappings)
            .replace("SAMPLES", SAMPLES)
            .getBytes(UTF_8));
    return files;
  }
}
