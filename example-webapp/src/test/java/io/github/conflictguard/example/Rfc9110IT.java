package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeRecord;
import io.github.conflictguard.example.server.OfficesWithRecords;
import io.github.conflictguard.example.server.RawRequest;
import io.github.conflictguard.example.server.RunningOffice;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9110, section 13, over raw sockets, for every source of entity tags. In the tables {@code T}
 * stands for the current entity tag with its quotes, {@code O} for one that is no longer current,
 * and {@code /} for a line end. Each case works on a record of its own.
 */
@ParameterizedClass
@ArgumentsSource(OfficesWithRecords.class)
class Rfc9110IT {

  private final OfficeClient client;
  private final OfficeRecord kind;
  private final URI address;
  private OfficeRecord.Instance record;
  private String old;
  private String current;

  Rfc9110IT(RunningOffice office, OfficeRecord kind) {
    this.client = new OfficeClient(office.server());
    this.kind = kind;
    this.address = office.server().address();
  }

  @BeforeEach
  void addRecord() throws Exception {
    record = kind.create(client, "First");
    old = OfficeClient.tag(record.read());
    client.sendJson("PATCH", record.path(), record.body("Second"));
    current = OfficeClient.tag(record.read());
    assertNotEquals(old, current);
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

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "PUT    | If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT                  | 200",
        "PUT    | If-Unmodified-Since: garbage                                      | 200",
        "PUT    | If-Unmodified-Since: Fri, 01 Jan 2100 00:00:00 GMT                | 200",
        "PUT    | If-Match: O/If-Unmodified-Since: Fri, 01 Jan 2100 00:00:00 GMT    | 412",
        "PUT    | If-Match: T/If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT    | 200",
        "GET    | If-None-Match: O/If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT | 200",
        "GET    | If-None-Match: T/If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT | 304",
        "GET    | If-Modified-Since: garbage                                        | 200",
        "GET    | If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT                  | 200",
        "GET    | If-None-Match: garbage/If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT | 200",
        "GET    | If-Match: garbage/If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT    | 200",
        "GET    | Range: bytes=0-1/If-Match: O                                      | 412",
        "GET    | Range: bytes=0-1/If-None-Match: T                                 | 304",
        "GET    | Range: bytes=0-1/If-Range: T                                      | 200",
        "GET    | Range: bytes=0-1/If-Range: O                                      | 200",
        "GET    | If-Range: T                                                       | 200",
      })
  void sections13_1_3To13_1_5(String method, String headers, int status) throws Exception {
    assertAnswer(method, headers, status);
  }

  /** A date decides where there is one, and is ignored where there is none. */
  @ParameterizedTest(name = "{0} {1}: {2} or {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "GET    | If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT       | 304 | 200",
        "HEAD   | If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT       | 304 | 200",
        "GET    | If-Modified-Since: Friday, 01-Jan-60 00:00:00 GMT      | 304 | 200",
        "GET    | If-Modified-Since: Fri Jan  1 00:00:00 2100            | 304 | 200",
        "GET    | If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT     | 412 | 200",
        "PUT    | If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT     | 412 | 200",
        "PUT    | If-Unmodified-Since: Thu Jan  1 00:00:00 1970          | 412 | 200",
        "DELETE | If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT     | 412 | 204",
      })
  void datesOfSections13_1_3And13_1_4(String method, String headers, int dated, int undated)
      throws Exception {
    assertAnswer(method, headers, kind.isDated() ? dated : undated);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "DELETE | If-Match: O         | 404",
        "PATCH  | If-Match: *         | 404",
        "GET    | If-Match: *         | 404",
        "GET    | If-None-Match: *    | 404",
        "PUT    | If-Match: *         | 412",
        "PUT    | If-Match: O         | 412",
      })
  void section13_2_1OfWhatIsNotThere(String method, String headers, int status) throws Exception {
    assertStatus(status, answer(method, kind.absent(), headers, "{}"));
  }

  @Test
  void section13_2_1OfWhatMayBeCreated() throws Exception {
    String path = kind.absent() + ThreadLocalRandom.current().nextInt(1_000_000_000);
    String body = record.body("Made");
    int created = kind.isCreatedByPut() ? 200 : 404;
    assertStatus(created, answer("PUT", path, "If-None-Match: *", body));
    assertStatus(kind.isCreatedByPut() ? 412 : 404, answer("PUT", path, "If-None-Match: *", body));
  }

  @Test
  void section13_2_1OfMethodsWithoutPreconditions() throws Exception {
    assertStatus(405, answer("OPTIONS", record.path(), "If-Match: O", ""));
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
    String answer = answer(method, record.path(), headers, record.body("Third"));
    assertStatus(status, answer);
    boolean written = method.startsWith("P") && status == 200;
    if (status == 304) {
      assertTrue(answer.contains("ETag: " + current + "\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
      assertFalse(answer.contains("Content-Length"), answer);
    }
    if (status == 412) {
      assertTrue(answer.contains("ETag: " + current + "\r\n"), answer);
    }
    if (method.startsWith("P") && status == 200) {
      assertFalse(answer.contains("ETag: "), "not known to be that of what was stored: " + answer);
    }
    assertEquals(status == 204 ? null : written ? "Third" : "Second", record.text());
  }

  private String answer(String method, String path, String headers, String body) throws Exception {
    boolean hasBody = method.startsWith("P");
    return RawRequest.of(
            method,
            path,
            lines(headers),
            hasBody ? body.getBytes(StandardCharsets.UTF_8) : new byte[0])
        .send(address);
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  private String lines(String headers) {
    // The slash of a weak tag is no line end.
    return headers
        .replaceAll("(?<![Ww])/", "\r\n")
        .replaceAll("\\bT\\b(?!h)", current)
        .replaceAll("\\bO\\b", old);
  }
}
