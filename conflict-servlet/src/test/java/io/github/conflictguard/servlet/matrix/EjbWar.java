package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An application with enterprise beans, woven in one of the ways. */
enum EjbWar implements War {
  /** By an agent, if the JVM has one. */
  AGENT,

  /** By the command, before it is deployed. */
  COMMAND;

  private static final String CLASSES = "io.github.conflictguard.servlet.ejb";

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app ATTRIBUTES>
        LINES
        <servlet>
          <servlet-name>transfers</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.ejb.TransfersServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>transfers</servlet-name>
          <url-pattern>/transfers/*</url-pattern>
        </servlet-mapping>
      </web-app>
      """;

  @Override
  public String folder() {
    return "ejb-" + name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String about() {
    return path() + "/transfers/about";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, byte[]> classes = server.namespace.classesOf(CLASSES);
    (this == COMMAND ? woven(classes) : classes)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    files.put("WEB-INF/conflict-guard.json", "{\"rules\": []}".getBytes(UTF_8));
    files.put("WEB-INF/beans.xml", new byte[0]);
    files.put(
        "WEB-INF/web.xml",
        DESCRIPTOR
            .replace("ATTRIBUTES", server.namespace.descriptor)
            .replace("LINES", Readme.linesOfWebXml())
            .getBytes(UTF_8));
    return files;
  }

  private static Map<String, byte[]> woven(Map<String, byte[]> classes) throws IOException {
    Path unwoven = Files.createTempDirectory(Path.of("target"), "ejb-unwoven");
    Path target = Files.createTempDirectory(Path.of("target"), "ejb-woven");
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Path file = unwoven.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    File log = target.resolveSibling(target.getFileName() + ".log").toFile();
    Process command =
        new ProcessBuilder(
                ServerFamily.JAVA_HOME.resolve("bin/java").toString(),
                "-jar",
                System.getProperty("agent.jar"),
                "--output",
                target.toString(),
                unwoven.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      if (!command.waitFor(2, TimeUnit.MINUTES) || command.exitValue() != 0) {
        throw new AssertionError(Files.readString(log.toPath()));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Map<String, byte[]> woven = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        woven.put(target.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return woven;
  }
}
