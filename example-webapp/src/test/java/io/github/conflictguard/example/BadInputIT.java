package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send, byte by byte. The row must survive all of them. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class BadInputIT {

  private final OfficeClient client;
  private final OfficeDatabase database;
  private final URI address;
  private final String email = UUID.randomUUID() + "@example.org";
  private String customer;

  BadInputIT(RunningOffice office) {
    this.client = new OfficeClient(office.server());
    this.database = office.database();
    this.address = office.server().address();
  }

  @BeforeEach
  void addCustomer() throws Exception {
    customer = path(client.createCustomer("Ada", email));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Match: garbage",
        "If-Match: \"open",
        "If-Match: w/\"a\"",
        "If-Match: *, *",
        "If-Match: \"a\" \"b\"",
        "If-Match: \"a\tb\"",
        "If-None-Match: <script>alert(1)</script>",
        "If-Match: \"a\"\r\nIf-None-Match: 'a'",
      })
  void aGarbledPreconditionIsAnsweredWith400(String header) throws Exception {
    String answer = put(header);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(!answer.contains("script") && !answer.contains("garbage"), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Match:",
        "If-Match: ,, ,",
        "If-Match: \"\"",
        "If-Match: \"\u00e4\u00ff\"",
        "If-Match: W/\"x\"",
      })
  void anUnusualPreconditionThatDoesNotHoldIsAnsweredWith412(String header) throws Exception {
    String answer = put(header);
    assertTrue(answer.startsWith("HTTP/1.1 412 "), answer);
    assertUnchanged();
  }

  @Test
  void aListOfAThousandTagsIsReadToItsEnd() throws Exception {
    String tag = OfficeClient.tag(client.send("GET", customer));
    String answer = put("If-Match: " + "\"x\", ".repeat(1000) + tag);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
  }

  @Test
  void anEndlessHeaderIsAnsweredByTheContainer() throws Exception {
    String answer = put("If-Match: " + "\"x\", ".repeat(20_000) + "\"y\"");
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match: \"a\u0000b\"", "If-Match\u0000: \"a\"", "If-Match \"a\""})
  void whatIsNoHeaderIsAnsweredByTheContainer(String header) throws Exception {
    String answer = put(header);
    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "FROB", "PURGE"})
  void anUnknownMethodIsTheApplicationsBusiness(String method) throws Exception {
    String answer = exchange(request(method, "X-Nothing: 1", json("Lost")));
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Nothing: 1", "If-Match: *", "If-Match: \"x\""})
  void aBodyThatBreaksOffChangesNothing(String header) throws Exception {
    byte[] whole = request("PUT", header, json("Broken off"));
    byte[] part = Arrays.copyOf(whole, whole.length - 9);
    String answer = exchange(part);
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Nothing: 1", "If-Match: *"})
  void aBodyThatIsNotUtf8IsAnsweredWith400(String header) throws Exception {
    byte[] body = "{\"name\":\"Zo\u00eb\"}".getBytes(StandardCharsets.ISO_8859_1);
    String answer = exchange(request("PUT", header, body));
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertUnchanged();
  }

  private String put(String header) throws IOException {
    return exchange(request("PUT", header, json("Lost")));
  }

  private byte[] request(String method, String header, byte[] body) throws IOException {
    String head =
        method
            + " /"
            + customer
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n"
            + header
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(head.getBytes(StandardCharsets.ISO_8859_1));
    request.write(body);
    return request.toByteArray();
  }

  private byte[] json(String name) {
    return "{\"name\":\"%s\",\"email\":\"%s\"}"
        .formatted(name, email)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Sends the bytes, ends the sending, and returns what comes back; "" when nothing does. */
  private String exchange(byte[] request) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return ""; // The container has closed the connection on us.
    }
  }

  private void assertUnchanged() throws Exception {
    assertEquals("Ada", database.text("SELECT name FROM customer WHERE email = ?", email));
  }
}
