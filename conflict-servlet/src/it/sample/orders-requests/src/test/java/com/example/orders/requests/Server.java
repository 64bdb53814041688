package com.example.orders.requests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Tomcat in a process of its own, which ends with this object. */
final class Server implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"\\]");
  private static final long SECONDS_TO_START = 400;
  private static final String SERVER_XML =
      """
      <Server port="-1">
        <Service name="Catalina">
          <Connector port="0" address="127.0.0.1"/>
          <Engine name="Catalina" defaultHost="localhost">
            <Host name="localhost" appBase="webapps"/>
          </Engine>
        </Service>
      </Server>
      """;

  private final Process process;
  private final Path output;
  private final Thread stop;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private Server(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.stop = new Thread(process::destroyForcibly);
  }

  /** Starts it with these applications. */
  static Server start(String name, List<Way> ways, Map<Way.War, Path> wars, List<String> options)
      throws Exception {
    Path tomcat = Path.of(System.getProperty("tomcat.home"));
    Path base = tomcat.resolveSibling(name);
    Path contexts = base.resolve("conf/Catalina/localhost");
    Files.createDirectories(contexts);
    Files.createDirectories(base.resolve("webapps"));
    Files.createDirectories(base.resolve("temp"));
    Files.writeString(base.resolve("conf/server.xml"), SERVER_XML);
    Files.copy(tomcat.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
    for (Way way : ways) {
      Files.writeString(
          contexts.resolve(way.path() + ".xml"), way.context(wars.get(way.war)));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("orders.java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // It does not run for long.
            "-Dcatalina.home=" + tomcat,
            "-Dcatalina.base=" + base,
            "-Djava.io.tmpdir=" + base.resolve("temp"),
            "-classpath",
            tomcat.resolve("bin/bootstrap.jar")
                + System.getProperty("path.separator")
                + tomcat.resolve("bin/tomcat-juli.jar"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
    Server server =
        new Server(
            new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .start(),
            base.resolve("output.txt"));
    Runtime.getRuntime().addShutdownHook(server.stop);
    Thread reader = new Thread(server::read, "output of " + name);
    reader.setDaemon(true);
    reader.start();
    try {
      server.port.get(SECONDS_TO_START, TimeUnit.SECONDS);
      return server;
    } catch (Exception e) {
      server.close();
      throw new IllegalStateException("No server; it printed:\n" + server.output(), e);
    }
  }

  int port() {
    return port.join();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    process
        .onExit()
        .orTimeout(20, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
    Runtime.getRuntime().removeShutdownHook(stop);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader();
        Writer file = Files.newBufferedWriter(output)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line + System.lineSeparator());
        file.flush();
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          port.complete(Integer.valueOf(ready.group(1)));
        }
      }
      port.completeExceptionally(new IllegalStateException("the process ended"));
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
  }
}
