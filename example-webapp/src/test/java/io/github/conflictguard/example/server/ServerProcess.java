package io.github.conflictguard.example.server;

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

  private static final long SECONDS_TO_START = 90;
  private static final long SECONDS_TO_STOP = 15;

  private final Process process;
  private final Path output;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Forks the command.
   *
   * @param portLine finds the port, its first group, in the line that says "ready"
   */
  static ServerProcess fork(List<String> command, Path output, Pattern portLine)
      throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    ServerProcess server = new ServerProcess(process, output);
    // Should this JVM be stopped in the middle of a test, the server must not outlive it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread reader = new Thread(() -> server.readOutput(portLine), "output of " + output);
    reader.setDaemon(true);
    reader.start();
    return server;
  }

  /** Waits until the server has told its port. */
  int port() throws IOException, InterruptedException {
    try {
      return port.get(SECONDS_TO_START, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw failure("The server did not start");
    }
  }

  /** A failure that shows what the server has printed so far. */
  IllegalStateException failure(String message) throws IOException {
    return new IllegalStateException(message + "; it printed:\n" + Files.readString(output));
  }

  /** Returns what the server has printed so far. */
  String printed() throws IOException {
    return Files.readString(output);
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
