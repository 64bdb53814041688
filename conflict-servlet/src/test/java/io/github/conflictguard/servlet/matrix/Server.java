package io.github.conflictguard.servlet.matrix;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A real server in a JVM of its own, on a free port of the loopback interface. Its folder stays in
 * {@code target/servers} for whoever looks for the reason of a failure.
 */
final class Server implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final ServerKind kind;
  private final Path folder;
  private final ServerProcess process;
  private int replaced;

  private Server(ServerKind kind, Path folder, ServerProcess process) {
    this.kind = kind;
    this.folder = folder;
    this.process = process;
  }

  /** Starts one with every WAR that it can run, and waits until they answer. */
  static Server start(ServerKind kind) throws Exception {
    return start(newFolder(kind), kind, kind.wars(), List.of());
  }

  /** The same with other WARs, and with options for its JVM. */
  static Server start(ServerKind kind, List<? extends War> wars, List<String> options)
      throws Exception {
    return start(newFolder(kind), kind, wars, options);
  }

  /** The same with a server that compresses answers by its own means. */
  static Server startCompressing(ServerKind kind, War... wars) throws Exception {
    Path folder = newFolder(kind);
    if (kind.family == ServerFamily.JETTY) {
      Path modules = Files.createDirectories(folder.resolve("start.d"));
      String module = kind.compressionModule();
      Files.writeString(modules.resolve("compressing.ini"), "--module=" + module + "\n");
    }
    return start(folder, kind, List.of(wars), List.of("-Dguard.compression=on"));
  }

  /** The same for a Tomcat that has the jar among the libraries of all applications as well. */
  static Server startWithSharedJar(ServerKind tomcat, LegacyWar... wars) throws Exception {
    return startWithShared(
        tomcat, List.of(tomcat.namespace.dropIn.file()), List.of(wars), List.of());
  }

  /** The same for a Tomcat with any jars among the libraries of all applications. */
  static Server startWithShared(
      ServerKind tomcat, List<Path> jars, List<? extends War> wars, List<String> options)
      throws Exception {
    Path folder = newFolder(tomcat);
    Path libraries = Files.createDirectory(folder.resolve("lib"));
    for (Path jar : jars) {
      Files.copy(jar, libraries.resolve(jar.getFileName()));
    }
    return start(folder, tomcat, wars, options);
  }

  private static Path newFolder(ServerKind kind) throws IOException {
    Path folders = Path.of(System.getProperty("containers.folder")).resolveSibling("servers");
    Files.createDirectories(folders);
    return Files.createTempDirectory(folders, kind + "-").toAbsolutePath();
  }

  private static Server start(
      Path folder, ServerKind kind, List<? extends War> wars, List<String> options)
      throws Exception {
    Files.createDirectories(folder.resolve("temp"));
    Files.createDirectories(kind.family.applications(folder));
    List<String> command = new ArrayList<>();
    command.add(ServerFamily.JAVA_HOME.resolve("bin/java").toString());
    command.add("-Xmx" + kind.family.heap);
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder.resolve("temp")));
    // Tomcat's and TomEE's settings name it; the last one counts.
    command.add("-Dguard.compression=off");
    command.addAll(options);
    command.addAll(kind.family.command(kind, folder));
    for (War war : wars) {
      deploy(war, kind, folder);
    }
    Server server =
        new Server(kind, folder, ServerProcess.fork(command, folder, kind.family.portLine));
    boolean ready = false;
    try {
      for (War war : wars) {
        server.awaitAnother("", war);
      }
      ready = true;
      return server;
    } finally {
      if (!ready) {
        server.close();
      }
    }
  }

  /** The port that it listens on. */
  int port() {
    return process.port();
  }

  /** A look into its JVM. */
  ServerInside inside() throws Exception {
    return ServerInside.of(process.id());
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return process.output();
  }

  /** Waits until it has printed what the pattern finds: that takes its way through a pipe. */
  void awaitOutput(Pattern pattern) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!pattern.matcher(output()).find()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(pattern + " is not in what " + kind + " printed to " + folder);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** Puts WARs in place of those that run, and waits until the new ones answer. */
  void redeploy(War... wars) throws Exception {
    Map<War, String> before = new LinkedHashMap<>();
    for (War war : wars) {
      before.put(war, deployment(war));
      replace(war);
    }
    for (War war : wars) {
      awaitAnother(before.get(war), war);
    }
  }

  private void replace(War war) throws IOException {
    if (kind.family == ServerFamily.UNDERTOW) {
      try (WireClient client = new WireClient(port())) {
        client.send("GET", "/redeploy" + war.path());
      }
    } else {
      // Its time alone has to change, and not to the present: Tomcat leaves alone what is younger
      // than a second, because it may not be finished.
      Path file = kind.family.applications(folder).resolve(war.folder() + ".war");
      Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.plusSeconds(++replaced)));
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static void deploy(War war, ServerKind kind, Path folder) throws IOException {
    Path applications = kind.family.applications(folder);
    if (kind.family == ServerFamily.UNDERTOW) {
      war.unpackTo(applications, kind);
    } else {
      war.writeTo(applications, kind);
    }
  }

  private void awaitAnother(String deployment, War war) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String found = deployment(war);
    while (found.isEmpty() || found.equals(deployment)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(war + " does not answer; the server printed:\n" + output());
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      found = deployment(war);
    }
  }

  /** Which deployment answers; "" when none does. */
  private String deployment(War war) throws IOException {
    try (WireClient client = new WireClient(port())) {
      RawAnswer about = client.send("GET", war.about());
      boolean found = about.statusLine().startsWith("HTTP/1.1 200");
      return found ? about.text().lines().findFirst().orElse("") : "";
    }
  }
}
