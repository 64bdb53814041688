package io.github.conflictguard.servlet.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, to be stopped, continued and killed. */
final class NodeProcess implements AutoCloseable {

  private final List<String> command = new ArrayList<>();
  private final File log;
  private volatile Process process;
  private volatile int port;

  NodeProcess(boolean checks, Path log, String... arguments) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx160m");
    command.add("-XX:TieredStopAtLevel=1");
    if (checks) {
      command.add("-javaagent:" + System.getProperty("agent.jar"));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ClusterNode.class.getName()));
    command.addAll(List.of(arguments));
    this.log = log.toFile();
  }

  /** Starts the node, and waits until it serves requests. */
  void start() throws IOException {
    process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("port ")) {
        port = Integer.parseInt(line.substring(5));
        return;
      }
    }
    throw new IOException("The node has not started, see " + log);
  }

  String address() {
    return "http://127.0.0.1:" + port + "/app";
  }

  void stop() throws Exception {
    signal("STOP");
  }

  void resume() throws Exception {
    signal("CONT");
  }

  /** Ends the process without a chance to clean up. */
  void kill() throws Exception {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
