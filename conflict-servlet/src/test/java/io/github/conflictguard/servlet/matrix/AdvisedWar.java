package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** An application of Spring 5 or 6 whose advice answers every exception by itself. */
record AdvisedWar() implements War {

  private static final String SERVLET =
      """
      <servlet>
        <servlet-name>mvc</servlet-name>
        <servlet-class>io.github.conflictguard.servlet.spring.AdvisedMvc</servlet-class>
        <async-supported>true</async-supported>
      </servlet>
      <servlet-mapping>
        <servlet-name>mvc</servlet-name>
        <url-pattern>/mvc/*</url-pattern>
      </servlet-mapping>
      </web-app>
      """;

  @Override
  public String folder() {
    return "advised";
  }

  @Override
  public String about() {
    return path() + "/mvc/conflict/about";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf("io.github.conflictguard.servlet.spring")
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    String spring = server.namespace == Namespace.JAVAX ? "spring5" : "spring6";
    Path libraries = Path.of(System.getProperty("containers.folder"), "../libraries", spring);
    try (Stream<Path> jars = Files.list(libraries)) {
      for (Path jar : jars.toList()) {
        files.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
      }
    }
    String descriptor =
        "<web-app " + server.namespace.descriptor + '>' + Readme.linesOfWebXml() + SERVLET;
    files.put("WEB-INF/web.xml", descriptor.getBytes(UTF_8));
    return files;
  }
}
