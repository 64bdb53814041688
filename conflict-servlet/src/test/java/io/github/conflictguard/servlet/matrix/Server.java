package io.github.conflictguard.servlet.matrix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A real server in a JVM of its own, on a free port of the loopback interface, with every {@link
 * LegacyWar} that it can run. Its folder stays in {@code target/servers} for whoever looks for the
 * reason of a failure.
 */
final class Server implements AutoCloseable {

  private static final String LAUNCH = "io.github.conflictguard.servlet.launch";
  private static final String SERVER_XML =
      """
      <Server port="-1">
        <Service name="Catalina">
          <Connector address="127.0.0.1" port="0" protocol="HTTP/1.1"/>
          <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
            <Host name="localhost" appBase="webapps"/>
          </Engine>
        </Service>
      </Server>
      """;

  final ServerKind kind;
  private final Path folder;
  private final ServerProcess process;

  private Server(ServerKind kind, Path folder, ServerProcess process) {
    this.kind = kind;
    this.folder = folder;
    this.process = process;
  }

  /** Starts one with every WAR that it can run, and waits until it answers. */
  static Server start(ServerKind kind) throws Exception {
    return start(newFolder(kind), kind, kind.wars());
  }

  /** The same for a Tomcat that has the jar among the libraries of all applications as well. */
  static Server startWithSharedJar(ServerKind tomcat, LegacyWar... wars) throws Exception {
    Path folder = newFolder(tomcat);
    Path libraries = Files.createDirectory(folder.resolve("lib"));
    Files.copy(tomcat.namespace.dropIn.file(), libraries.resolve("conflict-guard.jar"));
    return start(folder, tomcat, List.of(wars));
  }

  private static Path newFolder(ServerKind kind) throws IOException {
    Path folders = Path.of(System.getProperty("containers.folder")).resolveSibling("servers");
    Files.createDirectories(folders);
    Path folder = Files.createTempDirectory(folders, kind + "-").toAbsolutePath();
    for (String part : List.of("conf", "temp", "webapps", "work")) {
      Files.createDirectories(folder.resolve(part));
    }
    return folder;
  }

  private static Server start(Path folder, ServerKind kind, List<LegacyWar> wars) throws Exception {
    for (LegacyWar war : wars) {
      if (kind.isUndertow()) {
        war.unpackTo(folder.resolve("webapps"), kind);
      } else {
        war.writeTo(folder.resolve("webapps"), kind);
      }
    }
    // A heap in which a few downloads that are held would not fit.
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + folder.resolve("temp"));
    Pattern portLine;
    if (kind.isTomcat()) {
      command.addAll(tomcat(kind.home(), folder));
      portLine = Pattern.compile("Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"\\]");
    } else if (kind.isUndertow()) {
      command.addAll(undertow(kind, folder));
      portLine = Pattern.compile("Undertow listens on port (\\d+)");
    } else {
      command.addAll(jetty(kind, folder));
      portLine = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
    }
    return new Server(
        kind, folder, ServerProcess.fork(command, folder.resolve("output.txt"), portLine));
  }

  /** The port that it listens on. */
  int port() {
    return process.port();
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  /** Puts a WAR in place of the one that runs; the server notices that at some time. */
  void redeploy(LegacyWar war) throws Exception {
    if (kind.isUndertow()) {
      try (WireClient client = new WireClient(port())) {
        client.send("GET", "/redeploy" + war.path());
      }
    } else {
      war.writeTo(folder.resolve("webapps"), kind);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  /** What Tomcat's own start script would run. */
  private static List<String> tomcat(Path home, Path base) throws IOException {
    Files.writeString(base.resolve("conf/server.xml"), SERVER_XML);
    Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
    return List.of(
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + base,
        "-cp",
        home.resolve("bin/bootstrap.jar")
            + File.pathSeparator
            + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }

  private static List<String> jetty(ServerKind kind, Path base) throws IOException {
    String of = kind.environment().isEmpty() ? "" : kind.environment() + "-";
    return List.of(
        "-jar",
        kind.home().resolve("start.jar").toString(),
        "jetty.base=" + base,
        // In front of the modules: Jetty 12 gives what follows to the environment of the last one.
        "jetty.http.host=127.0.0.1",
        "jetty.http.port=0",
        "jetty.deploy.scanInterval=1",
        "--module=http,%1$sdeploy,%1$sjsp,%1$sannotations".formatted(of));
  }

  private static List<String> undertow(ServerKind kind, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> launch : kind.namespace.classesOf(LAUNCH).entrySet()) {
      Path file = folder.resolve("launch").resolve(launch.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, launch.getValue());
    }
    return List.of(
        "-cp",
        kind.home().resolve("*") + File.pathSeparator + folder.resolve("launch"),
        LAUNCH + ".UndertowLauncher",
        folder.resolve("webapps").toString());
  }
}
