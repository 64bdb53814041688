package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 13.1.1: a write may carry the tag of any representation of the current state. */
@Tag("container")
class NegotiatedWriteTest {

  private final FilterServer server = new FilterServer();
  private final Map<String, String> texts = new ConcurrentHashMap<>(Map.of("en", "a", "de", "b"));
  private final AtomicInteger reads = new AtomicInteger();
  private volatile String vary = "Accept, Accept-Language";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "application/xml, application/json, true",
    "application/json, application/xml, true",
    "application/xml, application/json, false",
    "application/xml, text/plain, true",
    "application/xml, */*, false"
  })
  void aTagOfOneRepresentationGuardsAWriteThatAcceptsAnother(
      String read, String write, boolean varies) throws Exception {
    start();
    vary = varies ? vary : null;
    String tag = tag("/x", "Accept", read);
    assertEquals(204, put("/x", tag, "Accept", write));
    texts.put("en", "changed");
    assertEquals(412, put("/x", tag, "Accept", write));
    assertEquals(204, put("/x", tag("/x", "Accept", read), "Accept", write));
  }

  @Test
  void aTagOfOneLanguageGuardsAWriteThatNamesNone() throws Exception {
    start();
    String tag = tag("/x", "Accept-Language", "de");
    assertNotEquals(tag, tag("/x"));
    assertEquals(204, put("/x", tag));
    texts.put("de", "changed");
    assertEquals(412, put("/x", tag));
  }

  /** Both got one tag while both texts were the same: nobody can tell which one was meant. */
  @Test
  void aTagOfTwoLanguagesGuardsBoth() throws Exception {
    start();
    texts.put("de", texts.get("en"));
    String german = tag("/x", "Accept-Language", "de");
    assertEquals(german, tag("/x", "Accept-Language", "en"));
    texts.put("de", "changed");
    assertEquals(412, put("/x", german, "Accept-Language", "de"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?pretty=true", "?pretty", "?format=xml", "?a=1&pretty=1"})
  void aTagOfAPrettyAnswerGuardsAWriteWithoutThat(String query) throws Exception {
    start();
    String tag = tag("/x" + query);
    String plain = query.contains("a=1") ? "/x?a=1" : "/x";
    assertEquals(204, put(plain, tag));
    texts.put("en", "changed");
    assertEquals(412, put(plain, tag));
  }

  /** The query names the record here: what is the same by chance is not the same record. */
  @Test
  void aTagOfAnotherRecordGuardsNothing() throws Exception {
    start();
    texts.put("1", "same");
    texts.put("2", "same");
    String tag = tag("/x?id=2");
    assertEquals(tag, tag("/x?id=1"));
    texts.put("2", "changed");
    assertEquals(412, put("/x?id=2", tag));
    assertEquals(412, put("/x", tag("/x?id=1")));
  }

  @Test
  void aTagThatWasNeverGivenOutCostsOneQuestion() throws Exception {
    start();
    tag("/x", "Accept", "application/xml");
    reads.set(0);
    assertEquals(412, put("/x", "\"0123456789abcdef0123456789abcdef\""));
    assertEquals(1, reads.get());
  }

  @Test
  void aListOfTagsCostsFewQuestions() throws Exception {
    start();
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      texts.put("en", "text " + i);
      tags.append(i == 0 ? "" : ", ").append(tag("/x", "Accept", "application/xml;v=" + i));
    }
    texts.put("en", "last");
    reads.set(0);
    assertEquals(412, put("/x", tags.toString()));
    org.junit.jupiter.api.Assertions.assertTrue(reads.get() <= 5, "questions: " + reads);
  }

  @Test
  void underARuleAsWell() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "x", "key": "x", "read": "GET /x", "write": "PUT /save", "tag": "body"}]}
        """);
    start();
    String tag = tag("/x", "Accept", "application/xml");
    assertEquals(204, put("/save", tag, "Accept", "application/json"));
    texts.put("en", "changed");
    assertEquals(412, put("/save", tag, "Accept", "application/json"));
  }

  private void start() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle("/x", this::answer)
        .handle("/save", this::answer)
        .start();
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!request.getMethod().equals("GET")) {
      response.setStatus(204);
      return;
    }
    reads.incrementAndGet();
    String accept = String.valueOf(request.getHeader("Accept"));
    String format = String.valueOf(request.getParameter("format"));
    String pretty = request.getParameter("pretty") == null ? "" : " \n ";
    String id = request.getParameter("id");
    String language =
        request.getHeader("Accept-Language") == null ? "en" : request.getLocale().getLanguage();
    String text = texts.get(id == null ? language : id);
    if (vary != null) {
      response.setHeader("Vary", vary);
    }
    if (accept.startsWith("text/plain")) {
      response.sendError(406);
    } else if (accept.contains("xml") || format.equals("xml")) {
      response.setContentType("application/xml");
      response.getWriter().print("<a>" + text + "</a>");
    } else {
      response.setContentType("application/json");
      response.getWriter().print("{\"a\":" + pretty + '"' + text + "\"}");
    }
  }

  private String tag(String path, String... headers) throws Exception {
    return server.send("GET", path, headers).headers().firstValue("ETag").orElseThrow();
  }

  private int put(String path, String tag, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "If-Match";
    all[1] = tag;
    return server.send("PUT", path, all).statusCode();
  }
}
