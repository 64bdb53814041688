package io.github.conflictguard.servlet.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import io.github.conflictguard.servlet.transparency.Corpus.Sample;
import io.github.conflictguard.servlet.transparency.Corpus.Tagged;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample is asked once without and once with the filter; the two answers are the same, byte
 * for byte. Not compared are the date, the session's identifier, where chunks begin, and the {@code
 * ETag} that is the filter's purpose.
 */
@Tag("container")
class TransparencyTest {

  private static final Corpus CORPUS = Corpus.whole();
  private static final FilterServer PLAIN = new FilterServer();
  private static final FilterServer FILTERED = new FilterServer();
  private static final FilterServer OBSERVED = new FilterServer();
  private static final FilterServer COUNTED = new FilterServer();
  private static final FilterServer SUSPECTED = new FilterServer();
  static final Map<String, String> SMALL_BUFFER =
      Map.of("bufferLimit", Integer.toString(Corpus.BUFFER_LIMIT), "holdMillis", "60000");
  static final Pattern OUR_TAG = Pattern.compile("(?i)ETag: \"[0-9a-f]{32}(\\.[0-9a-f]{8})?\"\n");
  static final Pattern FRAMING =
      Pattern.compile("(Content-Length: .*|Transfer-Encoding: .*|Connection: .*|\\[.*])\n");

  /**
   * Answers that are others when the filter asks by itself; a conditional write to them is refused.
   * The first ones tell of the response object itself: charset, buffer, header names. The last ones
   * include a servlet that sets status or headers, which only the container knows to ignore.
   */
  private static final Set<String> DIFFER =
      Set.of(
          "/writer-sees-its-charset",
          "/writer-in-an-unknown-charset",
          "/header-seen-again",
          "/buffer-size-set",
          "/writer-ends-with-a-half",
          "/include-of-headers",
          "/include-of-an-error");

  @BeforeAll
  static void start() throws Exception {
    start(PLAIN);
    start(FILTERED.filter(new ConflictFilter(), SMALL_BUFFER));
    start(
        OBSERVED
            .rules("{\"rules\": [{\"name\": \"all\", \"mode\": \"observe\", \"read\": \"/*\"}]}")
            .filter(new ConflictFilter(), SMALL_BUFFER));
    start(
        COUNTED
            .rules("{\"rules\": [{\"name\": \"all\", \"tag\": \"counter\", \"read\": \"/*\"}]}")
            .filter(new ConflictFilter(), SMALL_BUFFER));
  }

  @BeforeAll
  static void startSuspected() throws Exception {
    start(
        SUSPECTED
            .rules(
                """
                {"rules": [{"name": "all", "write": "/*", "suspectResponses": ["2xx", "3xx", "4xx"],
                  "conflictResponses": [{"answer": "302 /never", "kind": "locked"}]}]}
                """)
            .filter(new ConflictFilter(), SMALL_BUFFER));
  }

  private static void start(FilterServer server) throws Exception {
    CORPUS.installOn(server);
    server.errorPage("/error-page").errorPage(503, "/error-page");
    server.handle("/again", (request, response) -> response.setStatus(204)).start();
  }

  @AfterAll
  static void stop() throws Exception {
    PLAIN.close();
    FILTERED.close();
    OBSERVED.close();
    COUNTED.close();
    SUSPECTED.close();
  }

  static Stream<Arguments> questions() {
    return CORPUS.samples().stream()
        .flatMap(
            sample ->
                Stream.of("GET", "HEAD")
                    .flatMap(
                        method ->
                            Stream.of("HTTP/1.1", "HTTP/1.0")
                                .map(protocol -> Arguments.of(sample, method, protocol))));
  }

  @ParameterizedTest(name = "{1} {0} {2}")
  @MethodSource("questions")
  void theAnswerIsTheSameWithAndWithoutTheFilter(Sample sample, String method, String protocol)
      throws Exception {
    if (assertFiltered(sample, method, protocol)) {
      // What was answered twice is remembered, and goes another way from then on.
      assertFiltered(sample, method, protocol);
      assertFiltered(sample, method, protocol);
    }
  }

  /** Says whether the answer had a tag of ours. */
  private static boolean assertFiltered(Sample sample, String method, String protocol)
      throws Exception {
    String plain = ask(PLAIN, sample.path(), method, protocol);
    String filtered = ask(FILTERED, sample.path(), method, protocol);
    boolean tagged = OUR_TAG.matcher(filtered).find();
    if (sample.tagged() != Tagged.ON_ONE_CONTAINER) {
      assertEquals(sample.tagged() == Tagged.YES, tagged, sample + method + protocol + filtered);
    }
    filtered = OUR_TAG.matcher(filtered).replaceFirst("");
    if (sample.reframed()) {
      plain = FRAMING.matcher(plain).replaceAll("");
      filtered = FRAMING.matcher(filtered).replaceAll("");
    }
    assertEquals(plain, filtered, sample + method + protocol);
    return tagged;
  }

  /** Not even a tag is added where the filter only observes, though it hashes what passes. */
  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("questionsOfToday")
  void anObservedAnswerIsTheSame(Sample sample, String method) throws Exception {
    assertSame(sample, OBSERVED, method);
  }

  /** A known state tags pages as well, and what is not held. An own tag gives way to it. */
  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("questionsOfToday")
  void anAnswerWhoseStateIsKnownIsTheSame(Sample sample, String method) throws Exception {
    assertSame(sample, COUNTED, method);
  }

  /** An answer to a write is looked at, and passes, if it hides no conflict. */
  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("writes")
  void theAnswerToAWriteIsTheSame(Sample sample, String method) throws Exception {
    assertSame(sample, FILTERED, method);
    assertSame(sample, OBSERVED, method);
  }

  /** Even where a rule takes every answer for one that may hide a conflict. */
  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("writes")
  void aSuspectedAnswerIsTheSame(Sample sample, String method) throws Exception {
    assertSame(sample, SUSPECTED, method);
  }

  static Stream<Arguments> writes() {
    return CORPUS.samples().stream()
        .flatMap(sample -> Stream.of("POST", "DELETE").map(method -> Arguments.of(sample, method)));
  }

  static Stream<Arguments> questionsOfToday() {
    return CORPUS.samples().stream()
        .flatMap(sample -> Stream.of("GET", "HEAD").map(method -> Arguments.of(sample, method)));
  }

  private static void assertSame(Sample sample, FilterServer server, String method)
      throws Exception {
    String protocol = "HTTP/1.1";
    String plain = ask(PLAIN, sample.path(), method, protocol);
    String filtered = ask(server, sample.path(), method, protocol);
    if (server == COUNTED) {
      boolean tagged = OUR_TAG.matcher(filtered).find();
      filtered = OUR_TAG.matcher(filtered).replaceFirst("");
      plain = tagged ? plain.replaceAll("(?i)ETag: .*\n", "") : plain;
    }
    if (sample.reframed()) {
      plain = FRAMING.matcher(plain).replaceAll("");
      filtered = FRAMING.matcher(filtered).replaceAll("");
    }
    assertEquals(plain, filtered, sample + method + protocol);
  }

  static Stream<Sample> taggedSamples() {
    return CORPUS.samples().stream()
        .filter(sample -> sample.tagged() == Tagged.YES && !DIFFER.contains(sample.path()));
  }

  /** The filter learns the current tag by a question of its own, on another way than the read. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("taggedSamples")
  void theTagOfTheAnswerIsTheOneThatAWriteIsCheckedAgainst(Sample sample) throws Exception {
    String tag;
    try (RawClient client = new RawClient(FILTERED.port())) {
      RawAnswer read = client.ask("GET", sample.path(), "HTTP/1.1").answer("GET");
      tag = read.header("ETag");
    }
    try (RawClient client = new RawClient(FILTERED.port())) {
      client.ask("DELETE", sample.path(), "HTTP/1.1", "If-Match: " + tag, "Connection: close");
      String statusLine = client.answer("DELETE").statusLine();
      assertFalse(statusLine.startsWith("HTTP/1.1 412"), sample + statusLine);
    }
  }

  static String ask(FilterServer server, String path, String method, String protocol)
      throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer = client.ask(method, path, protocol, connection(path)).answer(method);
      StringBuilder text = new StringBuilder(answer.statusLine()).append('\n');
      for (String line : answer.headers()) {
        if (!line.startsWith("Date: ")) {
          text.append(masked(line, server)).append('\n');
        }
      }
      boolean goesOn = protocol.equals("HTTP/1.1") && client.answersAgain();
      text.append('[').append(answer.end()).append("]\n");
      text.append(goesOn ? "[connection goes on]\n" : "[connection ends]\n");
      return text.append(masked(answer.text(), server)).toString();
    }
  }

  /** A body that is shorter than it was declared to be ends with the connection at best. */
  private static String connection(String path) {
    return path.startsWith("/length-too-large") ? "Connection: close" : "X-Nothing: to say";
  }

  private static String masked(String text, FilterServer server) {
    return text.replaceAll("JSESSIONID=[^;]+", "JSESSIONID=*")
        .replaceAll("Default404Servlet-[0-9a-f]+", "Default404Servlet-*")
        .replace(":" + server.port() + "/", ":port/");
  }
}
