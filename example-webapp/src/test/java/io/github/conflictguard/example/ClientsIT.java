package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.conflictguard.example.server.OfficeBrowser;
import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeServer;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The clients that the example shows, where their interpreters are installed. */
@Timeout(180)
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class ClientsIT {

  private static final Path SOURCES =
      Path.of(System.getProperty("project.root"), "example-webapp/src/main/webapp/WEB-INF/clients");

  private final OfficeServer server;
  private final String username = "user-" + UUID.randomUUID();

  ClientsIT(RunningOffice office) {
    this.server = office.server();
  }

  @Test
  void secondRegistrationOfANameIsADuplicateKey() throws Exception {
    OfficeClient client = new OfficeClient(server);
    String account = "{\"username\":\"" + username + "\",\"email\":\"a@example.org\"}";
    assertEquals(201, client.sendJson("POST", "register", account).statusCode());
    HttpResponse<String> second = client.sendJson("POST", "register", account);
    assertEquals(409, second.statusCode());
    assertEquals("duplicate-key", OfficeClient.json(second).get("kind").textValue());
    assertEquals("username", OfficeClient.json(second).get("field").textValue());
  }

  @Test
  void pythonClientRegistersAndUpdates() throws Exception {
    runTwice("python3", "client.py", "+44 20 7946 0007");
  }

  @Test
  void phpClientRegistersAndUpdates() throws Exception {
    runTwice("php", "client.php", "+44 20 7946 0008");
  }

  private void runTwice(String interpreter, String file, String phone) throws Exception {
    assertEquals(List.of("registered " + username, "phone is " + phone), run(interpreter, file));
    assertEquals(
        List.of(
            "choose another username: A record with this value exists already",
            "phone is " + phone),
        run(interpreter, file));
  }

  private List<String> run(String interpreter, String file) throws Exception {
    assumeTrue(isInstalled(interpreter), interpreter + " is not installed");
    Process process =
        new ProcessBuilder(
                interpreter,
                SOURCES.resolve(file).toString(),
                server.address().toString(),
                username)
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), printed);
    assertEquals(0, process.exitValue(), printed);
    return printed.lines().toList();
  }

  private static boolean isInstalled(String interpreter) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> new File(folder, interpreter).canExecute());
  }

  @Test
  void browserRegistersAndUpdates() {
    try (OfficeBrowser person = OfficeBrowser.start(server, "en")) {
      person.open("clients").type("username", username);
      person.click("#register button").await("#result", "Registered " + username);
      person
          .click("#register button")
          .await("#result", "Choose another username: A record with this value exists already");
      person.click("#count").await("#result", "Ordered: ");
    }
  }
}
