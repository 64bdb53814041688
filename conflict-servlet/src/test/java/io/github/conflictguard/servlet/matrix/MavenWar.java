package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.conflictguard.servlet.jar.BuiltJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** An application as a Maven build makes it, with the published artifacts and its own Jackson. */
record MavenWar(String jackson) implements War {

  private static final String SERVLETS =
      """
      <servlet>
        <servlet-name>record</servlet-name>
        <servlet-class>io.github.conflictguard.servlet.clash.Jackson2Record</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>record</servlet-name>
        <url-pattern>/record</url-pattern>
      </servlet-mapping>
      <servlet>
        <servlet-name>failing</servlet-name>
        <servlet-class>io.github.conflictguard.servlet.legacy.Failing</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>failing</servlet-name>
        <url-pattern>/failing/*</url-pattern>
      </servlet-mapping>
      </web-app>
      """;

  @Override
  public String folder() {
    return "jackson-" + jackson;
  }

  @Override
  public String about() {
    return path() + "/record";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String used : new String[] {"clash", "legacy"}) {
      server
          .namespace
          .classesOf("io.github.conflictguard.servlet." + used)
          .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    }
    BuiltJar servlet = server.namespace == Namespace.JAVAX ? BuiltJar.JAVAX : BuiltJar.JAKARTA;
    files.put("WEB-INF/lib/conflict-servlet.jar", Files.readAllBytes(servlet.file()));
    files.put(
        "WEB-INF/lib/conflict-core.jar",
        Files.readAllBytes(Path.of(System.getProperty("core.jar"))));
    Path folder = Path.of(System.getProperty("containers.folder"), "../libraries", folder());
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.toList()) {
        files.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
      }
    }
    files.put("WEB-INF/conflict-guard.json", "{\"rules\": [] /* none */}".getBytes(UTF_8));
    String descriptor =
        "<web-app " + server.namespace.descriptor + '>' + Readme.linesOfWebXml() + SERVLETS;
    files.put("WEB-INF/web.xml", descriptor.getBytes(UTF_8));
    return files;
  }
}
