package io.github.conflictguard.example.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged WAR, served for real by a forked JVM.
 *
 * <p>The JVM is the one that runs the tests. It works in a folder of its own, which goes when it is
 * closed, and prints to a file beside it under {@code target/servers}, which is shown when the
 * office does not start.
 */
public final class OfficeServer implements AutoCloseable {

  private static final Path WAR = Path.of(System.getProperty("office.war"));
  private static final Path TOMCAT = Path.of(System.getProperty("tomcat.home"));
  private static final Path FOLDER = WAR.resolveSibling("servers");

  private final ServerProcess process;
  private final Path folder;
  private final URI address;

  private OfficeServer(ServerProcess process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.address = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** The file that {@code mvn package} has built. */
  public static Path war() {
    return WAR;
  }

  /**
   * Runs {@code java -jar example-webapp.war}.
   *
   * @param options for the JVM, such as {@code -Dname=value}
   */
  public static OfficeServer startJetty(OfficeDatabase database, String... options)
      throws IOException, InterruptedException {
    Path folder = newFolder("jetty-");
    List<String> command = java(database, options);
    command.addAll(
        List.of("-Djava.io.tmpdir=" + folder, "-Djetty.http.port=0", "-jar", WAR.toString()));
    return start(command, folder, Pattern.compile("^Office is ready on http://localhost:(\\d+)/$"));
  }

  /**
   * Deploys the WAR, exactly as built, as the root application of a Tomcat.
   *
   * @param options for the JVM, such as {@code -Dname=value}
   */
  public static OfficeServer startTomcat(OfficeDatabase database, String... options)
      throws IOException, InterruptedException {
    Path base = newFolder("tomcat-");
    TomcatBase.create(base, TOMCAT, WAR);
    List<String> command = java(database, options);
    command.addAll(TomcatBase.start(base, TOMCAT));
    return start(
        command, base, Pattern.compile("Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"\\]"));
  }

  /** The address of the office, with a slash at its end. */
  public URI address() {
    return address;
  }

  /** The address of something in the office: {@code api/customers/1}. */
  public URI address(String path) {
    return address.resolve(path);
  }

  /** Returns what the server has printed so far, its log included. */
  public String printed() throws IOException {
    return process.printed();
  }

  @Override
  public void close() throws IOException {
    process.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<String> java(OfficeDatabase database, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Doffice.jdbc.url=" + database.url());
    command.addAll(List.of(options));
    return command;
  }

  private static Path newFolder(String prefix) throws IOException {
    Files.createDirectories(FOLDER);
    return Files.createTempDirectory(FOLDER, prefix);
  }

  /** A container may be up although the application in it is not, hence the first request. */
  private static OfficeServer start(List<String> command, Path folder, Pattern portLine)
      throws IOException, InterruptedException {
    Path output = FOLDER.resolve(folder.getFileName() + ".txt");
    ServerProcess process = ServerProcess.fork(command, output, portLine);
    OfficeServer office = new OfficeServer(process, folder, process.port());
    boolean ready = false;
    try {
      int status = status(office.address("customers"));
      if (status != 200) {
        throw process.failure("The office answers " + status);
      }
      ready = true;
      return office;
    } finally {
      if (!ready) {
        office.close();
      }
    }
  }

  private static int status(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
