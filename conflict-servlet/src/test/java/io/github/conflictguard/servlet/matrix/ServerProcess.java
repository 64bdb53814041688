package io.github.conflictguard.servlet.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A forked server. What it prints goes to a file; one of the lines tells the port. */
final class ServerProcess implements AutoCloseable {

  private static final long SECONDS_TO_START = 120;
  private static final long SECONDS_TO_STOP = 15;

  private final Process process;
  private final Path output;
  private final Thread stop;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.stop = new Thread(process::destroyForcibly);
  }

  /**
   * Forks the command and waits for the port. What it prints goes to a file in its folder.
   *
   * @param portLine finds the port, its first group, in the line that says "ready"
   */
  static ServerProcess fork(List<String> command, Path folder, Pattern portLine)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("WLP_USER_DIR", folder.toString()); // where Liberty looks
    Process process = builder.redirectErrorStream(true).start();
    ServerProcess server = new ServerProcess(process, output);
    // Should this JVM be stopped in the middle of a test, the server must not outlive it.
    Runtime.getRuntime().addShutdownHook(server.stop);
    Thread reader = new Thread(() -> server.readOutput(portLine), "output of " + output);
    reader.setDaemon(true);
    reader.start();
    try {
      server.port.get(SECONDS_TO_START, TimeUnit.SECONDS);
      return server;
    } catch (ExecutionException | TimeoutException e) {
      server.close();
      throw new IllegalStateException(
          "The server did not start; it printed:\n" + server.output(), e);
    }
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** By which the operating system knows it. */
  long id() {
    return process.pid();
  }

  int port() {
    return port.join();
  }

  @Override
  public void close() {
    // Not Process.destroy(), which would cut off what the server says while it stops.
    process.toHandle().destroy();
    process
        .onExit()
        .orTimeout(SECONDS_TO_STOP, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(stop);
  }

  private void readOutput(Pattern portLine) {
    try (BufferedReader lines = process.inputReader();
        Writer file = Files.newBufferedWriter(output)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line + System.lineSeparator());
        file.flush();
        Matcher matcher = portLine.matcher(line);
        if (matcher.find()) {
          port.complete(Integer.valueOf(matcher.group(1)));
        }
      }
      port.completeExceptionally(new IllegalStateException("the process ended"));
    } catch (IOException e) {
      port.completeExceptionally(e);
    }
  }
}
