package io.github.conflictguard.example.launch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty server with one web application; {@link Main} loads it with Jetty's own classes. */
public final class EmbeddedJetty implements AutoCloseable {

  private static final String PORT = "jetty.http.port";

  /**
   * The levels by logger. java.util.logging drops the level of a logger without references to it.
   */
  private static final Map<Logger, Level> LEVELS =
      Map.of(
          Logger.getLogger("org.eclipse.jetty"), Level.WARNING,
          Logger.getLogger("org.hibernate"), Level.WARNING,
          // Warns of three missing files that only a validating JSP parser would read.
          Logger.getLogger("org.apache.tomcat.util.descriptor.DigesterFactory"), Level.SEVERE);

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /**
   * Creates a server for the WAR, which is reachable only from this machine.
   *
   * @param folder the folder for all files that Jetty unpacks and compiles
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
   * Starts the server, and prints its URL once it accepts requests.
   *
   * @throws IllegalStateException with a message for the user if the port is not available
   */
  public void start() throws Exception {
    listen(port());
    server.start();
    System.out.println("Office is ready on http://localhost:" + connector.getLocalPort() + "/");
  }

  /** Plays some traffic against the application, and prints where its counts are shown. */
  public void playTraffic() throws IOException {
    URL traffic = new URL("http://127.0.0.1:" + connector.getLocalPort() + "/traffic");
    HttpURLConnection request = (HttpURLConnection) traffic.openConnection();
    request.setRequestMethod("POST");
    request.setInstanceFollowRedirects(false);
    int status = request.getResponseCode();
    System.out.println(
        status / 100 == 3
            ? "Traffic was played, see http://localhost:" + traffic.getPort() + "/traffic"
            : "Traffic was not played: the response is " + status);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }

  /** Opens the port first, so that a port in use is reported before the application starts. */
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
      // Reported below, together with numbers that are not valid ports.
    }
    throw new IllegalStateException(
        PORT + " is '" + text + "', but must be a number from 0 (any free port) to 65535");
  }
}
