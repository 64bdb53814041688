package io.github.conflictguard.servlet.matrix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the servers of one make are started. */
enum ServerFamily {
  TOMCAT("webapps", "128m", "Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"\\]") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      Files.createDirectories(base.resolve("conf"));
      Files.writeString(base.resolve("conf/server.xml"), SERVER_XML.formatted(""));
      Files.copy(kind.home().resolve("conf/web.xml"), base.resolve("conf/web.xml"));
      return bootstrap(kind, base);
    }
  },

  TOMEE("webapps", "384m", "Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"\\]") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      Files.createDirectories(base.resolve("conf"));
      try (Stream<Path> settings = Files.list(kind.home().resolve("conf"))) {
        for (Path file : settings.toList()) {
          Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
        }
      }
      String listener = "<Listener className='org.apache.tomee.catalina.ServerListener'/>";
      Files.writeString(base.resolve("conf/server.xml"), SERVER_XML.formatted(listener));
      return bootstrap(kind, base);
    }
  },

  JETTY("webapps", "128m", "Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      String of = kind.environment.isEmpty() ? "" : kind.environment + "-";
      return List.of(
          "-jar",
          kind.home().resolve("start.jar").toString(),
          "jetty.base=" + base,
          // In front of the modules: Jetty 12 gives what follows to the environment of the last.
          "jetty.http.host=127.0.0.1",
          "jetty.http.port=0",
          "jetty.deploy.scanInterval=1",
          "--module=http,%1$sdeploy,%1$sjsp,%1$sannotations".formatted(of));
    }
  },

  UNDERTOW("webapps", "128m", "Undertow listens on port (\\d+)") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      for (Map.Entry<String, byte[]> launch : kind.namespace.classesOf(LAUNCH).entrySet()) {
        Path file = base.resolve("launch").resolve(launch.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, launch.getValue());
      }
      return List.of(
          "-cp",
          kind.home().resolve("*") + File.pathSeparator + base.resolve("launch"),
          LAUNCH + ".UndertowLauncher",
          base.resolve("webapps").toString());
    }
  },

  LIBERTY("servers/guard/dropins", "384m", "listening for requests on host .* port (\\d+)") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      Files.writeString(
          base.resolve("servers/guard/server.xml"),
          LIBERTY_XML.formatted((Object[]) kind.environment.split(" ")));
      Path home = kind.home();
      return List.of(
          "@" + home.resolve("lib/platform/java/java9.options"),
          "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
          "-jar",
          home.resolve("bin/tools/ws-server.jar").toString(),
          "guard");
    }
  };

  private static final String LAUNCH = "io.github.conflictguard.servlet.launch";
  private static final String SERVER_XML =
      """
      <Server port="-1">
        %s
        <Service name="Catalina">
          <Connector address="127.0.0.1" port="0" protocol="HTTP/1.1"/>
          <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
            <Host name="localhost" appBase="webapps"/>
          </Engine>
        </Service>
      </Server>
      """;
  private static final String LIBERTY_XML =
      """
      <server>
        <featureManager>
          <feature>%s</feature>
          <feature>%s</feature>
        </featureManager>
        <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="0" httpsPort="-1"/>
      </server>
      """;

  private final String applications;

  /** How much memory it gets: where that is possible, less than a few downloads would take. */
  final String heap;

  /** Finds the port, its first group, in what it prints. */
  final Pattern portLine;

  ServerFamily(String applications, String heap, String portLine) {
    this.applications = applications;
    this.heap = heap;
    this.portLine = Pattern.compile(portLine);
  }

  /** Prepares the folder of one instance, and says what comes behind {@code java} to start it. */
  abstract List<String> command(ServerKind kind, Path base) throws IOException;

  /** Where it looks for applications. */
  Path applications(Path base) {
    return base.resolve(applications);
  }

  /** What Tomcat's own start script would run. */
  private static List<String> bootstrap(ServerKind kind, Path base) throws IOException {
    Path bin = kind.home().resolve("bin");
    List<String> command = new ArrayList<>();
    for (String name : List.of("java.lang", "java.io", "java.util", "java.util.concurrent")) {
      command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Dcatalina.home=" + kind.home(),
            "-Dcatalina.base=" + base,
            "-cp",
            bin.resolve("bootstrap.jar") + File.pathSeparator + bin.resolve("tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
    return command;
  }
}
