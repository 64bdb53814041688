package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import io.github.conflictguard.servlet.spring.FormPage;
import io.github.conflictguard.servlet.spring.SpringMvc;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.RelativeRedirectFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Filters of containers and frameworks that wrap responses, in front of the guard and behind it.
 */
@Tag("container")
class FrameworkFiltersTest {

  private static final boolean TOMCAT =
      System.getProperty("test.container", "jetty").equals("tomcat");
  private static final List<String> PATHS =
      List.of(
          "json",
          "text",
          "entity",
          "large",
          "missing",
          "feed",
          "bytes",
          "page",
          "forward/feed",
          "redirect",
          "session",
          "error");

  private static final Map<String, Map<String, String>> OF_TOMCAT =
      Map.of(
          "org.apache.catalina.filters.AddDefaultCharsetFilter", Map.of(),
          "org.apache.catalina.filters.ExpiresFilter",
              Map.of("ExpiresDefault", "access plus 1 day"),
          "org.apache.catalina.filters.CorsFilter", Map.of("cors.allowed.origins", "*"),
          "org.apache.catalina.filters.HttpHeaderSecurityFilter", Map.of());

  static Stream<Arguments> filters() {
    return Stream.concat(
            Stream.of("shallow-etag", "character-encoding", "relative-redirect", "micrometer"),
            TOMCAT ? OF_TOMCAT.keySet().stream().sorted() : Stream.<String>of())
        .flatMap(
            name ->
                Stream.of(true, false)
                    .flatMap(
                        inFront ->
                            Stream.of("protect", "observe")
                                .map(mode -> Arguments.of(name, inFront, mode))));
  }

  @ParameterizedTest(name = "{0} in front: {1}, {2}")
  @MethodSource("filters")
  void theAnswersStayWhole(String name, boolean inFront, String mode) throws Exception {
    List<String> plain = new ArrayList<>();
    List<String> guarded = new ArrayList<>();
    try (FilterServer alone = new FilterServer();
        FilterServer both = new FilterServer()) {
      start(alone.filter(filter(name), parameters(name)));
      if (inFront) {
        both.filter(filter(name), parameters(name));
      }
      both.filter(new ConflictFilter(), Map.of("mode", mode, "holdMillis", "60000"));
      if (!inFront) {
        both.filter(filter(name), parameters(name));
      }
      start(both);
      for (String path : PATHS) {
        for (String method : List.of("GET", "HEAD", "POST")) {
          plain.add(answer(alone, method, "/mvc/any/" + path));
          guarded.add(answer(both, method, "/mvc/any/" + path));
        }
      }
    }
    for (int i = 0; i < plain.size(); i++) {
      if (!isEmptiedByTomcat(plain.get(i), name)) {
        assertEquals(plain.get(i), guarded.get(i));
      }
    }
  }

  /** After a forward Tomcat 11 sends its own response, through all wrappers that collect a body. */
  private static boolean isEmptiedByTomcat(String plain, String filter) {
    boolean forward = plain.contains("/page\n") || plain.contains("/forward/");
    return TOMCAT && forward && filter.equals("shallow-etag");
  }

  private static Filter filter(String name) throws ReflectiveOperationException {
    return switch (name) {
      case "shallow-etag" -> new ShallowEtagHeaderFilter();
      case "character-encoding" -> new CharacterEncodingFilter("UTF-8", true);
      case "relative-redirect" -> new RelativeRedirectFilter();
      case "micrometer" -> new ServerHttpObservationFilter(ObservationRegistry.create());
      default -> (Filter) Class.forName(name).getConstructor().newInstance();
    };
  }

  private static Map<String, String> parameters(String name) {
    return OF_TOMCAT.getOrDefault(name, Map.of());
  }

  private static void start(FilterServer server) throws Exception {
    server.servlet("/mvc/*", new SpringMvc()).servlet("/plain/form", new FormPage()).start();
  }

  private static String answer(FilterServer server, String method, String path) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      String length = method.equals("POST") ? "Content-Length: 0" : "Origin: http://a.example";
      RawAnswer answer = client.ask(method, path, "HTTP/1.1", length).answer(method);
      StringBuilder text = new StringBuilder(method).append(' ').append(path).append('\n');
      text.append(answer.statusLine()).append('\n');
      for (String line : answer.headers()) {
        if (!line.matches("(?i)(Date|ETag|Content-Length|Transfer-Encoding): .*")) {
          text.append(line.replaceAll("SESSIONID=[^;]+|(?<=Expires: ).*|(?<=max-age=)[0-9]+", "*"))
              .append('\n');
        }
      }
      return text.append(answer.text()).toString().replace(":" + server.port() + "/", ":port/");
    }
  }
}
