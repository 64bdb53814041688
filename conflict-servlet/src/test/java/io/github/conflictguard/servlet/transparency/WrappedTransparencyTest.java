package io.github.conflictguard.servlet.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.transparency.Corpus.Sample;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample answers the same with and without the guard, when another filter wraps the response
 * in front of the guard or behind it.
 */
@Tag("container")
class WrappedTransparencyTest {

  private static final Corpus CORPUS = Corpus.whole();
  private static final String PAGES =
      """
      {"rules": [{"name": "pages", "read": "/*", "write": "POST /save", "tag": "form"}]}
      """;

  /**
   * These tell of the wrapper's objects, or stop Jetty when another writer is in front of its own.
   */
  private static final Set<String> LEFT_OUT =
      Set.of("/writer-twice-the-same", "/writer-of-a-lone-half", "/writer-ends-with-a-half");

  private static final Set<String> NOT_OF_WRAPPERS =
      Set.of(
          "/reset-buffer-of-a-writer",
          "/buffer-size-set-after-output",
          "/include-of-a-redirect",
          "/include-of-an-error",
          "/async-after-output",
          "/async-from-another-thread");

  private static final Pattern LAST_MODIFIED = Pattern.compile("Last-Modified: .*\n");

  private static final boolean TOMCAT =
      System.getProperty("test.container", "jetty").equals("tomcat");

  static Stream<Arguments> wrappings() {
    return Stream.of(Wrapping.values())
        .flatMap(
            wrapping ->
                Stream.of("protect", "observe", "form")
                    .flatMap(
                        way ->
                            wrapping == Wrapping.CLOSE_KEPT_BACK
                                ? Stream.of(Arguments.of(wrapping, true, way))
                                : Stream.of(
                                    Arguments.of(wrapping, true, way),
                                    Arguments.of(wrapping, false, way))));
  }

  @ParameterizedTest(name = "{0} in front: {1}, {2}")
  @MethodSource("wrappings")
  void theAnswerIsTheSameBesideAWrapper(Wrapping wrapping, boolean inFront, String way)
      throws Exception {
    StringBuilder plain = new StringBuilder();
    StringBuilder guarded = new StringBuilder();
    try (FilterServer alone = new FilterServer().filter(wrapping);
        FilterServer both = new FilterServer()) {
      start(alone);
      both.rules(way.equals("form") ? PAGES : "{\"rules\": []}");
      if (inFront) {
        both.filter(wrapping);
      }
      both.filter(new ConflictFilter(), settings(way));
      if (!inFront) {
        both.filter(wrapping);
      }
      start(both);
      for (Sample sample : CORPUS.samples()) {
        String expected = answer(alone, wrapping, sample, way);
        String actual = answer(both, wrapping, sample, way);
        if (!expected.equals(actual)) {
          plain.append(expected).append('\n');
          guarded.append(actual).append('\n');
        }
      }
    }
    assertEquals(plain.toString(), guarded.toString());
  }

  /**
   * After a forward Tomcat 11 sends its own response through all wrappers, and Jetty empties its
   * own alone: without the guard the body is lost that one of them has collected, or what was
   * written before is kept. The collecting wrapper itself forgets no characters at a reset, lets
   * the buffer's size be set at any time, forgets the body when an included servlet sends an error,
   * and does not wait for asynchronous answers.
   */
  private static boolean isLeftOut(Sample sample, Wrapping wrapping) {
    String path = sample.path();
    boolean ofWrapper = wrapping != Wrapping.NEW_OBJECT_EACH_TIME;
    boolean collected = wrapping == Wrapping.COLLECTING;
    return LEFT_OUT.contains(path)
        || (ofWrapper && NOT_OF_WRAPPERS.contains(path))
        || (ofWrapper && TOMCAT && path.contains("forward"))
        || (collected && path.startsWith("/async-by-write-listener"))
        || (collected && path.matches("/forward-.*after-(output|a-writer)"));
  }

  private static void start(FilterServer server) throws Exception {
    CORPUS.installOn(server);
    server.errorPage("/error-page").errorPage(503, "/error-page");
    server.handle("/again", (request, response) -> response.setStatus(204)).start();
  }

  private static Map<String, String> settings(String way) {
    return Map.of(
        "bufferLimit",
        Integer.toString(Corpus.BUFFER_LIMIT),
        "holdMillis",
        "60000",
        "mode",
        way.equals("observe") ? way : "protect");
  }

  private static String answer(FilterServer server, Wrapping wrapping, Sample sample, String way)
      throws Exception {
    if (isLeftOut(sample, wrapping)) {
      return "";
    }
    String answer = TransparencyTest.ask(server, sample.path(), "GET", "HTTP/1.1");
    String untagged =
        way.equals("form")
            ? answer.replaceAll("(?i)ETag: .*\n", "")
            : TransparencyTest.OUR_TAG.matcher(answer).replaceFirst("");
    String framed =
        sample.reframed() ? TransparencyTest.FRAMING.matcher(untagged).replaceAll("") : untagged;
    // Under forms, validators wait for the decision whether they hold.
    return sample.path() + ' ' + (way.equals("form") ? lastModifiedLast(framed) : framed);
  }

  private static String lastModifiedLast(String answer) {
    Matcher line = LAST_MODIFIED.matcher(answer);
    return line.find() ? line.replaceFirst("") + line.group() : answer;
  }
}
