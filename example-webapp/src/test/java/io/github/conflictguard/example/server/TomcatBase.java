package io.github.conflictguard.example.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of one Tomcat instance: its settings, the application, and nothing shared. */
final class TomcatBase {

  private static final String SERVER_XML =
      """
      <Server port="-1">
        <Service name="Catalina">
          <Connector address="127.0.0.1" port="0" protocol="HTTP/1.1"/>
          <Engine name="Catalina" defaultHost="localhost">
            <Host name="localhost" appBase="webapps"/>
          </Engine>
        </Service>
      </Server>
      """;

  private TomcatBase() {}

  static void create(Path base, Path home, Path war) throws IOException {
    for (String folder : List.of("conf", "logs", "temp", "webapps")) {
      Files.createDirectories(base.resolve(folder));
    }
    Files.writeString(base.resolve("conf/server.xml"), SERVER_XML);
    Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
    Files.copy(war, base.resolve("webapps/ROOT.war"));
  }

  /** What Tomcat's own start script would run. */
  static List<String> start(Path base, Path home) {
    return List.of(
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + base,
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "-cp",
        home.resolve("bin/bootstrap.jar")
            + File.pathSeparator
            + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }
}
