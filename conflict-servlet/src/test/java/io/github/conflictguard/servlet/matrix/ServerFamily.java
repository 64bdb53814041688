package io.github.conflictguard.servlet.matrix;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
      copyFiles(kind.home().resolve("conf"), base.resolve("conf"));
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
  },

  WILDFLY("standalone/deployments", "512m", "Undertow HTTP listener default .* [^ ]*:(\\d+)") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      Path home = kind.home();
      Path settings = base.resolve("standalone/configuration");
      copyFiles(home.resolve("standalone/configuration"), settings);
      Path main = settings.resolve("standalone.xml");
      String text = Files.readString(main);
      Files.writeString(main, text.replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
      return List.of(
          "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
          "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.management/javax.management=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
          "-Djboss.modules.system.pkgs=org.jboss.byteman",
          // Else it prints what it does first to nobody, the port included.
          "-Dlogging.configuration=" + settings.resolve("logging.properties").toUri(),
          "-Dorg.jboss.boot.log.file=" + base.resolve("standalone/log/server.log"),
          "-jar",
          home.resolve("jboss-modules.jar").toString(),
          "-mp",
          home.resolve("modules").toString(),
          "org.jboss.as.standalone",
          "-Djboss.home.dir=" + home,
          "-Djboss.server.base.dir=" + base.resolve("standalone"),
          "-Djboss.bind.address=127.0.0.1",
          // It does not tell which port it found, when it may choose.
          "-Djboss.http.port=" + freePort(),
          "-Djboss.https.port=0",
          "-Djboss.management.http.port=0",
          "-Djboss.management.https.port=0");
    }
  },

  PAYARA("applications", "512m", "\"Http Port\\(s\\)\": \"(\\d+)\"") {
    @Override
    List<String> command(ServerKind kind, Path base) throws IOException {
      Path network = base.resolve("loopback.asadmin");
      Files.writeString(
          network,
          "set configs.config.server-config.network-config.network-listeners"
              + ".network-listener.http-listener.address=127.0.0.1\n");
      return List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
          "--add-opens=java.base/sun.net.www=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.util=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "-jar",
          kind.home().toString(),
          "--rootDir",
          base.resolve("root").toString(),
          "--prebootcommandfile",
          network.toString(),
          "--nocluster",
          "--disablephonehome",
          "--port",
          String.valueOf(freePort()),
          "--deploymentdir",
          applications(base).toString());
    }
  };

  /** The Java that servers run on. */
  static final Path JAVA_HOME = Path.of(System.getProperty("containers.java.home"));

  private static final String LAUNCH = "io.github.conflictguard.servlet.launch";
  private static final String SERVER_XML =
      """
      <Server port="-1">
        %s
        <Service name="Catalina">
          <Connector address="127.0.0.1" port="0" protocol="HTTP/1.1" compression="${guard.compression}"/>
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
        <logging consoleLogLevel="INFO"/>
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

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** For servers that do not say which port they found. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What Tomcat's own start script would run. */
  private static List<String> bootstrap(ServerKind kind, Path base) throws IOException {
    Path bin = kind.home().resolve("bin");
    List<String> command = new ArrayList<>();
    if (Files.exists(JAVA_HOME.resolve("lib/modules"))) {
      for (String name : List.of("java.lang", "java.io", "java.util", "java.util.concurrent")) {
        command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
      }
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
