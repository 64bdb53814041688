package io.github.conflictguard.servlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each filtered request hides, in every method that returns headers. */
@Tag("container")
class HeaderFilteringRequestTest {

  private static final String DATE = "Thu, 01 Jan 1970 00:00:01 GMT";
  private static final List<String> SENT =
      List.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "range",
          "x-method-override",
          "x-other");

  static Stream<Arguments> filters() {
    return Stream.of(
        filter("range if-range", HeaderFilteringRequest::withoutRange),
        filter("if-match if-none-match", HeaderFilteringRequest::withoutEntityTags),
        filter("if-none-match if-modified-since", HeaderFilteringRequest::unconditional),
        filter("if-modified-since if-unmodified-since", request -> dates(request, "both", false)),
        filter("if-modified-since", request -> dates(request, "If-None-Match", false)),
        filter("if-unmodified-since", request -> dates(request, "If-Match", false)),
        filter("if-modified-since", request -> dates(request, "neither", true)),
        filter("", request -> dates(request, "neither", false)),
        filter(
            "if-match if-none-match if-modified-since if-unmodified-since if-range range"
                + " x-method-override",
            OfWrite::new));
  }

  private static Arguments filter(String hidden, UnaryOperator<HttpServletRequest> filter) {
    return Arguments.of(hidden, filter);
  }

  private static HttpServletRequest dates(HttpServletRequest request, String tags, boolean weak) {
    ConditionalHeaders sent =
        ConditionalHeaders.read(
            name ->
                (tags.equals("both") && name.endsWith("-Match")) || name.equals(tags)
                    ? List.of("\"a\"")
                    : List.of(),
            Instant.now(),
            ChangedTags.none());
    return HeaderFilteringRequest.withoutOverruledDates(request, sent, weak);
  }

  @ParameterizedTest
  @MethodSource("filters")
  void hidesTheSameHeadersInEveryMethodAndCase(
      String hidden, UnaryOperator<HttpServletRequest> filter) throws Exception {
    Set<String> expected = new TreeSet<>(SENT);
    expected.removeAll(Arrays.asList(hidden.split(" ")));
    try (FilterServer server =
        new FilterServer()
            .handle(
                "/",
                (request, response) -> response.getWriter().print(seenIn(filter.apply(request))))
            .start()) {
      String[] headers =
          SENT.stream()
              .flatMap(name -> Stream.of(name, name.endsWith("-since") ? DATE : valueOf(name)))
              .toArray(String[]::new);
      String all = String.join(" ", expected);
      assertEquals(
          Collections.nCopies(5, all).stream().collect(Collectors.joining("\n")),
          server.send("GET", "/", headers).body());
    }
  }

  private static String valueOf(String name) {
    return name.equals("x-other") ? "7" : "\"a\"";
  }

  /** Returns a line for each way in which a header is read, with the names that are seen by it. */
  private static String seenIn(HttpServletRequest request) {
    List<String> names =
        Collections.list(request.getHeaderNames()).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    return Stream.of(
            SENT.stream().filter(names::contains),
            SENT.stream().filter(name -> request.getHeader(name) != null),
            SENT.stream().filter(name -> request.getHeader(name.toUpperCase(Locale.ROOT)) != null),
            SENT.stream().filter(name -> request.getHeaders(name).hasMoreElements()),
            SENT.stream().filter(name -> isReadable(request, name)))
        .map(seen -> seen.sorted().collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }

  private static boolean isReadable(HttpServletRequest request, String name) {
    try {
      return name.endsWith("-since")
          ? request.getDateHeader(name) != -1
          : request.getIntHeader(name) != -1;
    } catch (NumberFormatException e) {
      return true; // An entity tag is no number.
    }
  }

  /** A request of the kind that the internal GET is. */
  private static final class OfWrite extends HeaderFilteringRequest {

    OfWrite(HttpServletRequest write) {
      super(write);
    }
  }
}
