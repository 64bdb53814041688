package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code java -jar example-webapp.war} begins and ends. */
@Timeout(60)
class LauncherIT {

  @TempDir private Path temporary;
  private Process process;

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void theOfficePrintsOneLineAndLeavesNothingBehind() throws Exception {
    launch("0");
    try (BufferedReader output = process.inputReader()) {
      String ready = output.readLine();
      assertTrue(ready.matches("Office is ready on http://localhost:[1-9]\\d*/"), ready);
      // Not Process.destroy(), which would close the very stream that is read here.
      process.toHandle().destroy();
      assertEquals("", String.join("\n", output.lines().toList()));
    }
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertNothingIsLeft();
  }

  @Test
  void trafficIsPlayedOnRequest() throws Exception {
    launch("0", "--traffic");
    try (BufferedReader output = process.inputReader()) {
      String ready = output.readLine();
      String address = ready.substring(ready.indexOf("http://"));
      assertEquals("Traffic was played, see " + address + "traffic", output.readLine());
    }
  }

  @Test
  void anUnknownArgumentIsNamedAndEndsTheLauncher() throws Exception {
    launch("0", "--trafic");
    assertEquals("The argument '--trafic' is unknown; accepted is --traffic", error());
    assertEquals(1, process.waitFor());
    assertNothingIsLeft();
  }

  @Test
  void aTakenPortIsNamedAndEndsTheLauncher() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      launch(port);
      assertEquals(
          "Port " + port + " is taken; choose another one with -Djetty.http.port=8085", error());
    }
    assertEquals(1, process.waitFor());
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "http", ""})
  void aWrongPortIsNamedAndEndsTheLauncher(String port) throws Exception {
    launch(port);
    assertEquals(
        "jetty.http.port is '" + port + "', but must be a number from 0 (any free port) to 65535",
        error());
    assertEquals(1, process.waitFor());
    assertNothingIsLeft();
  }

  private void launch(String port, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Djetty.http.port=" + port,
                "-jar",
                OfficeServer.war().toString()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).start();
  }

  private String error() throws IOException {
    try (BufferedReader lines = process.errorReader()) {
      return String.join("\n", lines.lines().toList());
    }
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(0, left.count());
    }
  }
}
