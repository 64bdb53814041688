package io.github.conflictguard.example.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** One Jetty with one web application; {@link Main} loads it together with Jetty's own classes. */
public final class EmbeddedJetty {

  private static final String PORT = "jetty.http.port";

  /** Kept here, because java.util.logging forgets the level of a logger that nobody holds. */
  private static final Map<Logger, Level> LEVELS =
      Map.of(
          Logger.getLogger("org.eclipse.jetty"), Level.WARNING,
          Logger.getLogger("org.hibernate"), Level.WARNING,
          // Misses three files that only a validating JSP parser would read.
          Logger.getLogger("org.apache.tomcat.util.descriptor.DigesterFactory"), Level.SEVERE);

  private EmbeddedJetty() {}

  /**
   * Serves the WAR to this machine alone, and says so once it answers.
   *
   * @param folder for everything that Jetty unpacks and compiles
   * @return what stops the server
   * @throws IllegalStateException with a message for the user when the server cannot start
   */
  public static AutoCloseable start(Path war, Path folder) throws Exception {
    LEVELS.forEach(Logger::setLevel);
    Server server = new Server();
    ServerConnector connector = listen(server);
    WebAppContext office = new WebAppContext(war.toString(), "/");
    office.setTempDirectory(folder.resolve("jetty").toFile());
    office.setThrowUnavailableOnStartupException(true);
    server.setHandler(office);
    server.start();
    System.out.println("Office is ready on http://localhost:" + connector.getLocalPort() + "/");
    return server::stop;
  }

  /** Takes the port first: a taken one is reported at once, not after the application started. */
  private static ServerConnector listen(Server server) {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(port());
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port " + connector.getPort() + " is taken; choose another one with -D" + PORT + "=8085",
          e);
    }
    return connector;
  }

  private static int port() {
    String text = System.getProperty(PORT, "8080");
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are no port.
    }
    throw new IllegalStateException(
        PORT + " is '" + text + "', but must be a number from 0 (any free port) to 65535");
  }
}
