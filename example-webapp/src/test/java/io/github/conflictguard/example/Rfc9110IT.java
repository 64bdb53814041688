package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RawRequest;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9110, section 13, over raw sockets. In the tables {@code T} stands for the current entity tag
 * with its quotes, {@code O} for one that is no longer current, and {@code /} for a line end. Each
 * case works on a customer of its own.
 */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class Rfc9110IT {

  private final OfficeClient client;
  private final OfficeDatabase database;
  private final URI address;
  private final String email = UUID.randomUUID() + "@example.org";
  private String customer;
  private String old;
  private String current;

  Rfc9110IT(RunningOffice office) {
    this.client = new OfficeClient(office.server());
    this.database = office.database();
    this.address = office.server().address();
  }

  @BeforeEach
  void addCustomer() throws Exception {
    customer = path(client.createCustomer("First", email));
    old = OfficeClient.tag(client.send("GET", customer));
    client.sendJson("PATCH", customer, "{\"name\":\"Second\"}");
    current = OfficeClient.tag(client.send("GET", customer));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "PUT    | If-Match: T                     | 200",
        "PATCH  | If-Match: T                     | 200",
        "DELETE | If-Match: T                     | 204",
        "PUT    | If-Match: O                     | 412",
        "PATCH  | If-Match: O                     | 412",
        "DELETE | If-Match: O                     | 412",
        "POST   | If-Match: O                     | 412",
        "PUT    | If-Match: O, T                  | 200",
        "PUT    | If-Match: ,, T ,                | 200",
        "PUT    | If-Match:\tT\t                  | 200",
        "PUT    | IF-MATCH: T                     | 200",
        "PUT    | If-Match: O/If-Match: T         | 200",
        "PUT    | If-Match: O/If-Match: \"x\"     | 412",
        "PUT    | If-Match: W/T                   | 412",
        "PUT    | If-Match: W/O, W/T              | 412",
        "PUT    | If-Match: *                     | 200",
        "PUT    | If-Match:                       | 412",
        "PUT    | If-Match: \"\"                  | 412",
        "PUT    | If-Match: *, T                  | 400",
        "PUT    | If-Match: */If-Match: T         | 400",
        "PUT    | If-Match: w/T                   | 400",
        "PUT    | If-Match: T T                   | 400",
        "GET    | If-Match: T                     | 200",
        "GET    | If-Match: O                     | 412",
        "HEAD   | If-Match: O                     | 412",
        "GET    | If-Match: *                     | 200",
        "GET    | If-Match: W/T                   | 412",
      })
  void section13_1_1(String method, String headers, int status) throws Exception {
    assertAnswer(method, headers, status);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "GET    | If-None-Match: T                      | 304",
        "HEAD   | If-None-Match: T                      | 304",
        "GET    | If-None-Match: W/T                    | 304",
        "GET    | If-None-Match: O, T                   | 304",
        "GET    | If-None-Match: O/If-None-Match: T     | 304",
        "GET    | If-None-Match: *                      | 304",
        "GET    | If-None-Match: O                      | 200",
        "GET    | If-None-Match:                        | 200",
        "GET    | If-None-Match: garbage                | 200",
        "GET    | If-None-Match: *, T                   | 200",
        "PUT    | If-None-Match: *                      | 412",
        "PUT    | If-None-Match: T                      | 412",
        "PUT    | If-None-Match: W/T                    | 412",
        "PUT    | If-None-Match: O                      | 200",
        "DELETE | If-None-Match: *                      | 412",
        "PUT    | If-None-Match: garbage                | 400",
      })
  void section13_1_2(String method, String headers, int status) throws Exception {
    assertAnswer(method, headers, status);
  }

  /** The office sends no Last-Modified, so dates are to be ignored. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "GET    | If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT                  | 200",
        "PUT    | If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT                  | 200",
        "PUT    | If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT                | 200",
        "PUT    | If-Unmodified-Since: garbage                                      | 200",
        "PUT    | If-Match: O/If-Unmodified-Since: Fri, 01 Jan 2100 00:00:00 GMT    | 412",
        "PUT    | If-Match: T/If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT    | 200",
        "GET    | If-None-Match: O/If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT | 200",
        "GET    | If-None-Match: T/If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT | 304",
        "GET    | Range: bytes=0-1/If-Range: T                                      | 200",
        "GET    | Range: bytes=0-1/If-Range: O                                      | 200",
        "GET    | If-Range: T                                                       | 200",
      })
  void sections13_1_3To13_1_5(String method, String headers, int status) throws Exception {
    assertAnswer(method, headers, status);
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "OPTIONS |                    | If-Match: O         | 405",
        "DELETE  | api/customers/9999 | If-Match: O         | 404",
        "PATCH   | api/customers/9999 | If-Match: *         | 404",
        "GET     | api/customers/9999 | If-Match: *         | 404",
        "GET     | api/customers/9999 | If-None-Match: *    | 404",
        "PUT     | api/customers/9999 | If-Match: *         | 412",
        "PUT     | api/customers/9999 | If-None-Match: *    | 404",
      })
  void section13_2_1(String method, String path, String headers, int status) throws Exception {
    customer = path == null ? customer : path;
    assertAnswer(method, headers, status);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "GET | If-Match: T/If-None-Match: T | 304",
        "GET | If-Match: O/If-None-Match: T | 412",
        "GET | If-Match: T/If-None-Match: O | 200",
        "PUT | If-Match: T/If-None-Match: T | 412",
        "PUT | If-Match: T/If-None-Match: O | 200",
        "PUT | If-Match: O/If-None-Match: O | 412",
        "PUT | If-None-Match: O/If-Match: T | 200",
      })
  void section13_2_2(String method, String headers, int status) throws Exception {
    assertAnswer(method, headers, status);
  }

  private void assertAnswer(String method, String headers, int status) throws Exception {
    boolean hasBody = !method.equals("GET") && !method.equals("HEAD") && !method.equals("DELETE");
    String body = "{\"name\":\"Third\",\"email\":\"%s\"}".formatted(email);
    String answer =
        RawRequest.of(
                method,
                customer,
                lines(headers),
                hasBody ? body.getBytes(StandardCharsets.UTF_8) : new byte[0])
            .send(address);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    boolean written = method.startsWith("P") && status == 200;
    if (status == 304) {
      assertTrue(answer.contains("ETag: " + current + "\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
      assertFalse(answer.contains("Content-Length"), answer);
    }
    String name = database.text("SELECT name FROM customer WHERE email = ?", email);
    assertEquals(status == 204 ? null : written ? "Third" : "Second", name);
  }

  private String lines(String headers) {
    // The slash of a weak tag is no line end.
    return headers
        .replaceAll("(?<![Ww])/", "\r\n")
        .replaceAll("\\bT\\b(?!h)", current)
        .replaceAll("\\bO\\b", old);
  }
}
