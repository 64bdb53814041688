package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RawRequest;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    String answer = RawRequest.of(method, customer, "X-Nothing: 1", json("Lost")).send(address);
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Nothing: 1", "If-Match: *", "If-Match: \"x\""})
  void aBodyThatBreaksOffChangesNothing(String header) throws Exception {
    String answer =
        RawRequest.of("PUT", customer, header, json("Broken off")).brokenOff(9).send(address);
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Nothing: 1", "If-Match: *"})
  void aBodyThatIsNotUtf8IsAnsweredWith400(String header) throws Exception {
    byte[] body = "{\"name\":\"Zo\u00eb\"}".getBytes(StandardCharsets.ISO_8859_1);
    String answer = put(header, body);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertUnchanged();
  }

  private String put(String header) throws IOException {
    return put(header, json("Lost"));
  }

  private String put(String header, byte[] body) throws IOException {
    return RawRequest.of("PUT", customer, header, body).send(address);
  }

  private byte[] json(String name) {
    return "{\"name\":\"%s\",\"email\":\"%s\"}"
        .formatted(name, email)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void assertUnchanged() throws Exception {
    assertEquals("Ada", database.text("SELECT name FROM customer WHERE email = ?", email));
  }
}
