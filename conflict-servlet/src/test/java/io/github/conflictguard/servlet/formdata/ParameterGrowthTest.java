package io.github.conflictguard.servlet.formdata;

import static io.github.conflictguard.servlet.growth.Growth.assertLinear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import io.github.conflictguard.precondition.HttpDate;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters and headers are read in time proportional to what a client sends. */
class ParameterGrowthTest {

  private static final FormLimits WIDE = new FormLimits(1 << 30, 1 << 30);

  @ParameterizedTest
  @ValueSource(strings = {"a&", "a=1&", "&", "=", "%41", "%", "a=%zz&", "+", "a=1;"})
  void parametersOfAQuery(String part) {
    assertLinear(
        "query, " + part, 100_000, part::repeat, text -> QueryParameters.parse(text).size());
  }

  @Test
  void parametersWithDifferentNames() {
    assertLinear(
        "query, p1=1&p2=1&",
        20_000,
        ParameterGrowthTest::different,
        text -> QueryParameters.parse(text).size());
  }

  @Test
  void oneParameterIsTakenOutOfAQuery() {
    assertLinear(
        "query without a parameter",
        100_000,
        "a&"::repeat,
        text -> QueryParameters.without(text, "b").length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&", "a=%C3%A9&"})
  void formOfWhichTheApplicationReadsEachParameter(String part) {
    assertLinear(
        "form, read again, " + part,
        10_000,
        size -> request(different(size) + part.repeat(size)),
        ParameterGrowthTest::readEach);
  }

  private static long readEach(HttpServletRequest sent) {
    try {
      HttpServletRequest stripped =
          StrippedRequest.of(BufferedRequest.form(sent, WIDE), "_conflictguard");
      long length = stripped.getParameterMap().size();
      for (String name : Collections.list(stripped.getParameterNames())) {
        length += stripped.getParameter(name).length();
      }
      return length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noMoreThanTheLimitIsHeld() throws Exception {
    FormLimits limits = new FormLimits(1000, 10);
    BufferedRequest long1 = BufferedRequest.form(request("a=" + "x".repeat(2000)), limits);
    assertEquals(BufferedRequest.Unseen.TOO_LONG, long1.unseen());
    BufferedRequest many = BufferedRequest.form(request("a&".repeat(400)), limits);
    assertEquals(10, many.fields().get("a").length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\",", ",", " ", "W/\"a\" ,\t", "\"\","})
  void listsOfEntityTags(String part) {
    assertLinear(
        "If-Match, " + part.replace('\t', ' '),
        50_000,
        part::repeat,
        text -> {
          try {
            return EntityTagSet.parse(List.of(text)).tags().size();
          } catch (EntityTagSyntaxException e) {
            return -1;
          }
        });
    assertThrows(EntityTagSyntaxException.class, () -> EntityTagSet.parse(List.of("\"a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sun, 06 Nov 1994 ", "1", " ", "Sunday, "})
  void datesThatAreNone(String part) {
    assertLinear(
        "date, " + part,
        50_000,
        part::repeat,
        text -> HttpDate.parse(text, Instant.EPOCH) == null ? 0 : 1);
  }

  private static String different(int size) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append('p').append(i).append("=1&");
    }
    return text.toString();
  }

  private static HttpServletRequest request(String form) {
    byte[] body = form.getBytes(StandardCharsets.ISO_8859_1);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ParameterGrowthTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getMethod":
                  return "POST";
                case "getContentType":
                  return "application/x-www-form-urlencoded";
                case "getContentLengthLong":
                  return (long) body.length;
                case "getInputStream":
                  return input(body);
                case "getParameterMap":
                  return Map.of();
                case "getParameterNames":
                  return Collections.emptyEnumeration();
                default:
                  return null;
              }
            });
  }

  private static ServletInputStream input(byte[] body) {
    return new ReplayedInput(body, null, null);
  }
}
