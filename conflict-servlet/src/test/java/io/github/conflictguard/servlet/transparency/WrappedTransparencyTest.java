package io.github.conflictguard.servlet.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.transparency.Corpus.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  static Stream<Arguments> wrappings() {
    return Stream.of(Wrapping.values())
        .flatMap(
            wrapping ->
                Stream.of(true, false)
                    .flatMap(
                        inFront ->
                            Stream.of("protect", "observe", "counter", "form")
                                .map(way -> Arguments.of(wrapping, inFront, way))));
  }

  @ParameterizedTest(name = "{0} in front: {1}, {2}")
  @MethodSource("wrappings")
  void theAnswerIsTheSameBesideAWrapper(Wrapping wrapping, boolean inFront, String way)
      throws Exception {
    List<String> plain = new ArrayList<>();
    List<String> guarded = new ArrayList<>();
    try (FilterServer alone = new FilterServer().filter(wrapping);
        FilterServer both = new FilterServer()) {
      TransparencyTest.start(alone);
      if (way.equals("form")) {
        both.rules(PAGES);
      } else if (way.equals("counter")) {
        both.rules("{\"rules\": [{\"name\": \"all\", \"tag\": \"counter\", \"read\": \"/*\"}]}");
      } else {
        both.rules("{\"rules\": []}");
      }
      if (inFront) {
        both.filter(wrapping);
      }
      both.filter(new ConflictFilter(), settings(way));
      if (!inFront) {
        both.filter(wrapping);
      }
      TransparencyTest.start(both);
      for (Sample sample : CORPUS.samples()) {
        for (String method : List.of("GET", "POST")) {
          plain.add(answer(alone, sample, method, way));
          guarded.add(answer(both, sample, method, way));
        }
      }
    }
    for (int i = 0; i < plain.size(); i++) {
      if (!plain.get(i).equals(guarded.get(i))) {
        System.err.println(wrapping + " " + inFront + " " + way);
        System.err.println("PLAIN " + plain.get(i) + "\nGUARDED " + guarded.get(i));
      }
    }
    assertEquals(String.join("\n", plain), String.join("\n", guarded));
  }

  private static Map<String, String> settings(String way) {
    String mode = way.equals("observe") ? "observe" : "protect";
    return Map.of(
        "bufferLimit", Integer.toString(Corpus.BUFFER_LIMIT), "holdMillis", "60000", "mode", mode);
  }

  private static String answer(FilterServer server, Sample sample, String method, String way)
      throws Exception {
    String answer = TransparencyTest.ask(server, sample.path(), method, "HTTP/1.1");
    String untagged =
        way.equals("counter") || way.equals("form")
            ? answer.replaceAll("(?i)ETag: .*\n", "")
            : TransparencyTest.OUR_TAG.matcher(answer).replaceFirst("");
    return sample.path()
        + ' '
        + method
        + ' '
        + (sample.reframed()
            ? TransparencyTest.FRAMING.matcher(untagged).replaceAll("")
            : untagged);
  }
}
