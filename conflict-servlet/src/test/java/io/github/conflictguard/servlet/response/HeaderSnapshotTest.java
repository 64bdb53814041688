package io.github.conflictguard.servlet.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeaderSnapshotTest {

  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final HttpServletResponse response = responseWith(headers);

  @Test
  void whatWasThereBeforeTheApplicationIsThereAgain() {
    add("X-Frame-Options", "DENY");
    add("Vary", "Origin");
    add("Vary", "Cookie");
    HeaderSnapshot before = HeaderSnapshot.before(response);
    headers.remove("Vary");
    add("Vary", "Accept");
    add("Content-Length", "7");
    before.resetForAnswer(response);
    assertEquals("{Vary=[Origin, Cookie, Accept], X-Frame-Options=[DENY]}", headers.toString());
  }

  @Test
  void headersOfTheApplicationStayUnlessTheyDescribeItsAnswer() {
    add("Set-Cookie", "before=1");
    HeaderSnapshot before = HeaderSnapshot.before(response);
    add("Set-Cookie", "a=1");
    add("set-cookie", "b=2");
    add("Access-Control-Allow-Origin", "*");
    add("X-Other", "1");
    add("Content-Security-Policy", "default-src 'self'");
    for (String name :
        new String[] {
          "Content-Type",
          "Content-Disposition",
          "ETag",
          "Last-Modified",
          "Cache-Control",
          "Location",
          "Accept-Ranges",
          "Expires",
          "Retry-After"
        }) {
      add(name, "x");
    }
    before.resetForAnswer(response);
    assertEquals(
        "{Access-Control-Allow-Origin=[*], Content-Security-Policy=[default-src 'self'],"
            + " Set-Cookie=[before=1, a=1, b=2], X-Other=[1]}",
        headers.toString());
  }

  @Test
  void restoringKeepsNothingThatCameLater() {
    add("Set-Cookie", "before=1");
    HeaderSnapshot before = HeaderSnapshot.before(response);
    add("Set-Cookie", "question=1");
    add("Access-Control-Allow-Origin", "*");
    before.restoreTo(response);
    assertEquals("{Set-Cookie=[before=1]}", headers.toString());
  }

  @Test
  void aContentTypeThatIsNoHeaderYetIsRestored() {
    when(response.getContentType()).thenReturn("application/json");
    HeaderSnapshot before = HeaderSnapshot.before(response);
    before.restoreTo(response);
    assertEquals("{Content-Type=[application/json]}", headers.toString());
  }

  @Test
  void notModifiedKeepsAllButWhatDescribesABody() {
    for (String name :
        new String[] {
          "Content-Type",
          "content-length",
          "Content-Encoding",
          "Content-Language",
          "Content-Range",
          "Transfer-Encoding",
          "Last-Modified",
          "Cache-Control",
          "Content-Location",
          "Expires",
          "Vary",
          "Set-Cookie"
        }) {
      add(name, "x");
    }
    HeaderSnapshot.forNotModified(response).restoreTo(response);
    assertEquals(
        List.of("Cache-Control", "Content-Location", "Expires", "Set-Cookie", "Vary"),
        new ArrayList<>(headers.keySet()));
  }

  private void add(String name, String value) {
    headers.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  /** A response whose headers are the given map. */
  private static HttpServletResponse responseWith(Map<String, List<String>> headers) {
    HttpServletResponse response = mock(HttpServletResponse.class);
    when(response.getHeaderNames()).thenAnswer(call -> new ArrayList<>(headers.keySet()));
    when(response.getHeaders(anyString()))
        .thenAnswer(
            call -> headers.getOrDefault(call.<String>getArgument(0), Collections.emptyList()));
    doAnswer(call -> headers.put(call.getArgument(0), listOf(call.getArgument(1))))
        .when(response)
        .setHeader(anyString(), any());
    doAnswer(call -> headers.get(call.<String>getArgument(0)).add(call.getArgument(1)))
        .when(response)
        .addHeader(anyString(), any());
    doAnswer(call -> headers.put("Content-Type", listOf(call.getArgument(0))))
        .when(response)
        .setContentType(any());
    doAnswer(
            call -> {
              headers.clear();
              return null;
            })
        .when(response)
        .reset();
    return response;
  }

  private static List<String> listOf(String value) {
    return new ArrayList<>(List.of(value));
  }
}
