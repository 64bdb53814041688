package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags where answers are compressed: both stay, compression and preconditions. */
@Tag("container")
class CompressionTest {

  private static final String LONG = "{\"a\":\"" + "0123456789".repeat(1000) + "\"}";
  private static final String OTHER = "{\"a\":\"" + "1234567890".repeat(1000) + "\"}";

  private final Note note = new Note(LONG);
  private final FilterServer server = new FilterServer();

  /** Where answers are compressed. */
  enum Place {
    CONTAINER,
    FILTER_IN_FRONT,
    FILTER_WITHOUT_A_NAME,
    FILTER_BEHIND
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void theGuardLeavesAnswersCompressed(Place place) throws Exception {
    start(place);
    HttpResponse<String> read = read("gzip, deflate, br");
    assertEquals("gzip", header(read, "Content-Encoding"));
    assertNotEquals("", header(read, "ETag"));
    assertTrue(read.body().length() < LONG.length() / 10, "length " + read.body().length());
  }

  @ParameterizedTest
  @EnumSource
  void theTagOfACompressedAnswerIsAnsweredWith304(Place place) throws Exception {
    start(place);
    String tag = tag(read("gzip"));
    HttpResponse<String> again =
        server.send("GET", "/note", "Accept-Encoding", "gzip", "If-None-Match", tag);
    assertEquals(304, again.statusCode());
    assertEquals(tag, tag(again));
    note.changeTo(OTHER);
    assertEquals(
        200,
        server.send("GET", "/note", "Accept-Encoding", "gzip", "If-None-Match", tag).statusCode());
  }

  @ParameterizedTest
  @EnumSource
  void theTagOfACompressedAnswerSatisfiesIfMatchUntilSomethingChanges(Place place)
      throws Exception {
    start(place);
    for (String accepted : new String[] {"gzip", "identity"}) {
      String tag = tag(read("gzip"));
      HttpResponse<String> fresh =
          server.sendBody("PUT", "/note", LONG, "If-Match", tag, "Accept-Encoding", accepted);
      assertEquals(204, fresh.statusCode(), tag);
      note.changeTo(OTHER);
      HttpResponse<String> stale =
          server.sendBody("PUT", "/note", "{}", "If-Match", tag, "Accept-Encoding", accepted);
      assertEquals(412, stale.statusCode(), tag);
      assertEquals(OTHER, note.text());
      note.changeTo(LONG);
    }
  }

  /** 8.8.3.3: otherwise a cache would take the one for the other. */
  @ParameterizedTest
  @EnumSource
  void twoCodingsNeverShareAStrongTag(Place place) throws Exception {
    start(place);
    String compressed = tag(read("gzip"));
    String plain = tag(read("identity"));
    assertFalse(plain.startsWith("W/"), plain);
    assertTrue(compressed.startsWith("W/") || !compressed.equals(plain), compressed);
    assertEquals(204, put(plain));
  }

  @ParameterizedTest
  @CsvSource({"gzip, GET", "identity, GET", "gzip;q=0, GET", "*;q=0, GET"})
  void headCarriesTheTagOfGet(String accepted, String method) throws Exception {
    start(Place.CONTAINER);
    HttpResponse<String> get = server.send(method, "/note", "Accept-Encoding", accepted);
    HttpResponse<String> head = server.send("HEAD", "/note", "Accept-Encoding", accepted);
    // Jetty compresses no HEAD, and so appends nothing to its tag.
    assertEquals(opaque(tag(get)).replace("--gzip", ""), opaque(tag(head)).replace("--gzip", ""));
    assertEquals(tag(get).startsWith("W/"), tag(head).startsWith("W/"));
  }

  /** Strong again where no coding is accepted, because nothing can follow. */
  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "identity;q=1, *;q=0", "gzip; q=0.000"})
  void whatCannotBeEncodedHasAStrongTag(String accepted) throws Exception {
    start(Place.CONTAINER);
    assertTrue(tag(read(accepted)).matches("\"[0-9a-f]{32}\""), tag(read(accepted)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "counter early"})
  void aTagThatComesFromElsewhereDoesNotCostCompressionEither(String tag) throws Exception {
    server
        .filter(new ConflictFilter())
        .rules(
            """
            {"rules": [{"name": "n", "key": "n", "read": "/note", "write": "PUT /note",
             "tag": "counter", "earlyNotModified": %s}]}
            """
                .formatted(tag.endsWith("early")))
        .handle("/note", note)
        .compressed()
        .start();
    HttpResponse<String> read = read("gzip");
    assertEquals("gzip", header(read, "Content-Encoding"));
    String given = tag(read);
    assertEquals(
        304,
        server
            .send("GET", "/note", "Accept-Encoding", "gzip", "If-None-Match", given)
            .statusCode());
    assertEquals(204, put(given));
    assertEquals(412, put(given));
  }

  @Test
  void theTagOfTheApplicationStaysAsItIs() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle(
            "/note",
            (request, response) -> {
              response.setHeader("ETag", "W/\"v1\"");
              response.setContentType("application/json");
              response.getOutputStream().print(LONG);
            })
        .compressed()
        .start();
    HttpResponse<String> read = read("gzip");
    assertEquals("gzip", header(read, "Content-Encoding"));
    assertTrue(tag(read).startsWith("W/\"v1"), tag(read));
  }

  /** 13.1.1: nothing here encodes, so the weak tag has been made by somebody else. */
  @Test
  void weakTagNeverSatisfiesIfMatchWhereNothingIsCompressed() throws Exception {
    server.filter(new ConflictFilter()).handle("/note", note).start();
    String tag = tag(read("gzip"));
    assertFalse(tag.startsWith("W/"));
    assertEquals(412, put("W/" + tag));
  }

  @Test
  void aWeakTagThatIsNotTheCurrentOneNeverSatisfiesIfMatch() throws Exception {
    start(Place.CONTAINER);
    String tag = tag(read("gzip"));
    note.changeTo(OTHER);
    assertEquals(412, put("W/" + tag.replace("W/", "")));
    assertEquals(412, put("W/\"00000000000000000000000000000000\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--gzip",
        "-gzip",
        ";gzip",
        ";br",
        "-br",
        "--br",
        "-zstd",
        "--zstd",
        "-deflate",
        "--deflate"
      })
  void aSuffixOfACodingIsRecognisedByDefault(String suffix) throws Exception {
    server.filter(new ConflictFilter()).handle("/note", note).start();
    String tag = tag(read("identity"));
    String changed = tag.substring(0, tag.length() - 1) + suffix + "\"";
    assertEquals(304, server.send("GET", "/note", "If-None-Match", changed).statusCode());
    assertEquals(
        200, server.send("GET", "/note", "If-Range", changed, "Range", "bytes=0-1").statusCode());
    assertEquals(204, put(changed));
    assertEquals(412, put("W/" + changed));
    note.changeTo(OTHER);
    assertEquals(412, put(changed));
  }

  @Test
  void bodiesThatComeCompressedAreTaggedByWhatTheyHold() throws Exception {
    start(Place.FILTER_BEHIND);
    String compressed = tag(read("gzip"));
    String plain = tag(read("identity"));
    assertEquals(opaque(plain), opaque(compressed).substring(0, 32));
    assertNotEquals(plain, compressed);
  }

  private void start(Place place) throws Exception {

    switch (place) {
      case CONTAINER -> server.compressed().filter(new ConflictFilter());
      case FILTER_IN_FRONT -> server.filter(new GzipFilter()).filter(new ConflictFilter());
      case FILTER_WITHOUT_A_NAME ->
          server.filter(new ShorteningFilter()).filter(new ConflictFilter());
      case FILTER_BEHIND -> server.filter(new ConflictFilter(), Map.of()).filter(new GzipFilter());
    }
    server.handle("/note", note).start();
  }

  private HttpResponse<String> read(String accepted) throws Exception {
    return server.send("GET", "/note", "Accept-Encoding", accepted);
  }

  private int put(String tag) throws Exception {
    return server.sendBody("PUT", "/note", LONG, "If-Match", tag).statusCode();
  }

  private static String tag(HttpResponse<String> response) {
    return header(response, "ETag");
  }

  private static String opaque(String tag) {
    return tag.substring(tag.indexOf('"') + 1, tag.lastIndexOf('"'));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
