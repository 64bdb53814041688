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

/** An application with libraries of its own, some of which the guard has as well. */
enum ClashWar implements War {
  OLD(
      Map.of("record", "Jackson2Record", "people", "People", "made", "MadeClass", "log", "LogLine"),
      List.of(
          "jackson-databind-2.4.", "hibernate-core-4.3.", "byte-buddy-1.11.", "slf4j-api-1.7.")),
  MIDDLE(
      Map.of("record", "Jackson2Record", "people", "People", "made", "MadeClass", "log", "LogLine"),
      List.of(
          "jackson-databind-2.12.", "hibernate-core-5.6.", "byte-buddy-1.12.", "slf4j-api-1.7.")),
  NEW(
      Map.of("record", "Jackson3Record", "log", "LogLine"),
      List.of("jackson-databind-3.", "slf4j-api-1.7."));

  private static final String CLASSES = "io.github.conflictguard.servlet.clash";

  /** Its servlets by their paths. */
  private final Map<String, String> servlets;

  /** How the names of the jars begin that its servlets use. */
  final List<String> libraries;

  ClashWar(Map<String, String> servlets, List<String> libraries) {
    this.servlets = servlets;
    this.libraries = libraries;
  }

  @Override
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String about() {
    return path() + "/log";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf(CLASSES)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    Path folder = Path.of(System.getProperty("containers.folder"), "../libraries", folder());
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.toList()) {
        files.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
      }
    }
    files.put("WEB-INF/web.xml", descriptor(server).getBytes(UTF_8));
    return files;
  }

  private String descriptor(ServerKind server) throws IOException {
    StringBuilder descriptor = new StringBuilder("<web-app ");
    descriptor.append(server.namespace.descriptor).append('>').append(Readme.linesOfWebXml());
    servlets.forEach(
        (path, servlet) ->
            descriptor.append(
                """
                <servlet>
                  <servlet-name>%1$s</servlet-name>
                  <servlet-class>%2$s.%3$s</servlet-class>
                </servlet>
                <servlet-mapping>
                  <servlet-name>%1$s</servlet-name>
                  <url-pattern>/%1$s</url-pattern>
                </servlet-mapping>
                """
                    .formatted(path, CLASSES, servlet)));
    return descriptor.append("</web-app>").toString();
  }
}
