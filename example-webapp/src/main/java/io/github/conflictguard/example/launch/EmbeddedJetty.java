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
public final class EmbeddedJetty implements AutoCloseable {

  private static final String PORT = "jetty.http.port";

  /** Kept here, because java.util.logging forgets the level of a logger that nobody holds. */
  private static final Map<Logger, Level> LEVELS =
      Map.of(
          Logger.getLogger("org.eclipse.jetty"), Level.WARNING,
          Logger.getLogger("org.hibernate"), Level.WARNING,
          // Misses three files that only a validating JSP parser would read.
          Logger.getLogger("org.apache.tomcat.util.descriptor.DigesterFactory"), Level.SEVERE);

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /**
   * Makes a server of the WAR; nobody but this machine will reach it.
   *
   * @param folder for everything that Jetty unpacks and compiles
   */
  public EmbeddedJetty(Path war, Path folder) {
    LEVELS.forEach(Logger::setLevel);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    WebAppContext office = new WebAppContext(war.toString(), "/");
    office.setTempDirectory(folder.resolve("jetty").toFile());
    office.setThrowUnavailableOnStartupException(true);
    server.setHandler(office);
  }

  /**
   * Starts the server, and says so once it answers.
   *
   * @throws IllegalStateException with a message for the user when the port cannot be had
   */
  public void start() throws Exception {
    listen(port());
    server.start();
    System.out.println("Office is ready on http://localhost:" + connector.getLocalPort() + "/");
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }

  /** Takes the port first: a taken one is reported at once, not after the application started. */
  private void listen(int port) {
    connector.setPort(port);
    try {
      connector.open();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port " + port + " is taken; choose another one with -D" + PORT + "=8085", e);
    }
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
