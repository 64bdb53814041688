package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.WovenGuard;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body comes once, and an answer leaves once, however often guarded code runs. */
@Tag("container")
class UploadRetryTest {

  private static final GuardPolicy RETRY =
      GuardPolicy.builder().handler("a#b()").retry(3, 0, 0, 0, 60_000).build();

  private static final String FORM =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n"
          + "Content-Type: text/plain\r\n\r\ncontent\r\n--b--\r\n";

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger runs = new AtomicInteger();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void aStreamThatGuardedCodeWasHandedAndReadIsNotReadAgain(String method) throws Exception {
    start(
        (request, response) -> {
          InputStream body = request.getInputStream();
          ConflictGuard.run(RETRY, () -> store(body));
        });
    assertRefused(server.sendBody(method, "/x", "content"), "content");
  }

  @Test
  void aConditionalUploadWhoseBodyTheFilterHoldsIsNotReadAgain() throws Exception {
    start(
        (request, response) -> {
          if (request.getMethod().equals("GET")) {
            response.setHeader("ETag", "\"1\"");
            return;
          }
          InputStream body = request.getInputStream();
          ConflictGuard.run(RETRY, () -> store(body));
        });
    assertRefused(server.sendBody("PUT", "/x", "content", "If-Match", "*"), "content");
  }

  @Test
  void aReaderThatGuardedCodeWasHandedAndReadIsNotReadAgain() throws Exception {
    start(
        (request, response) -> {
          BufferedReader body = request.getReader();
          ConflictGuard.run(
              RETRY,
              () -> {
                stored.add(String.valueOf(body.readLine()));
                failTwice();
              });
        });
    assertRefused(server.sendBody("PUT", "/x", "content"), "content");
  }

  @Test
  void linesThatAReaderHasBufferedForTheCallerAreNotReadAgain() throws Exception {
    start(
        (request, response) -> {
          BufferedReader body = request.getReader();
          body.readLine();
          ConflictGuard.run(
              RETRY,
              () -> {
                stored.add(String.valueOf(body.readLine()));
                failTwice();
              });
        });
    assertRefused(server.sendBody("PUT", "/x", "head\none\ntwo\n"), "one");
  }

  @Test
  void aStreamThatIsReadThroughAWrapperOfTheApplicationIsNotReadAgain() throws Exception {
    start(
        (request, response) -> {
          HttpServletRequestWrapper wrapper = new HttpServletRequestWrapper(request);
          ConflictGuard.run(RETRY, () -> store(wrapper.getInputStream()));
        });
    assertRefused(server.sendBody("POST", "/x", "content"), "content");
  }

  @Test
  void whatHasNotReadItsStreamRunsAgainAndGetsAllOfIt() throws Exception {
    start(
        (request, response) -> {
          InputStream body = request.getInputStream();
          ConflictGuard.run(
              RETRY,
              () -> {
                failTwice();
                stored.add(text(body));
              });
        });
    assertEquals(200, server.sendBody("PUT", "/x", "content").statusCode());
    assertEquals(3, runs.get());
    assertEquals(List.of("content"), stored);
  }

  @Test
  void anInnerGuardThatHasReadNothingRunsAgainAndAnOuterOneThatHasDoesNot() throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  String body = text(request.getInputStream());
                  ConflictGuard.run(
                      RETRY,
                      () -> {
                        stored.add(body);
                        if (runs.incrementAndGet() < 3) {
                          throw new SQLException("deadlock", "40001");
                        }
                      });
                  throw new SQLException("deadlock", "40001");
                }));
    assertEquals(409, server.sendBody("PUT", "/x", "content").statusCode());
    assertEquals(List.of("content", "content", "content"), stored);
  }

  @Test
  void aStreamOfAPartThatGuardedCodeWasHandedIsNotReadAgain() throws Exception {
    server.multipart("/x");
    start(
        (request, response) -> {
          InputStream file = request.getPart("file").getInputStream();
          ConflictGuard.run(RETRY, () -> store(file));
        });
    assertRefused(sendForm(), "content");
  }

  @Test
  void aPartThatGuardedCodeOpensItselfIsOpenedAgain() throws Exception {
    server.multipart("/x");
    start(
        (request, response) -> {
          for (Part part : request.getParts()) {
            ConflictGuard.run(RETRY, () -> store(part.getInputStream()));
          }
        });
    assertEquals(200, sendForm().statusCode());
    assertEquals(List.of("content", "content", "content"), stored);
  }

  /** The same for woven methods, which hand their arguments over. */
  @Test
  void aWovenMethodThatWasHandedAnotherStreamDoesNotRunAgain() throws Exception {
    List<Boolean> repeats = Collections.synchronizedList(new ArrayList<>());
    start(
        (request, response) -> {
          long begun = WovenGuard.begin();
          repeats.add(repeats(begun, request.getInputStream()));
          repeats.add(repeats(begun, InputStream.nullInputStream()));
          repeats.add(repeats(begun, List.of("a").iterator()));
          repeats.add(repeats(begun, "text"));
          text(request.getInputStream());
          repeats.add(repeats(begun, "text"));
          repeats.add(repeats(WovenGuard.begin(), "text"));
        });
    server.sendBody("PUT", "/x", "content");
    assertEquals(List.of(true, false, false, true, false, true), repeats);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "OPTIONS", "PROPFIND"})
  void whatFailedCodeHasWrittenIsNotInTheAnswer(String method) throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  response.getWriter().print("run " + (runs.get() + 1));
                  failTwice();
                }));
    HttpResponse<String> answer = server.send(method, "/x");
    assertEquals(200, answer.statusCode());
    assertEquals("run 3", answer.body());
  }

  @Test
  void whatFailedCodeHasWrittenAsBytesIsNotInTheAnswer() throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  response.getOutputStream().print("run " + (runs.get() + 1));
                  failTwice();
                }));
    assertEquals("run 3", server.send("POST", "/x").body());
  }

  @Test
  void whatWritesToAnAnswerThatItsCallerHasBegunDoesNotRunAgain() throws Exception {
    start(
        (request, response) -> {
          response.getWriter().print("head ");
          try {
            ConflictGuard.run(
                RETRY,
                () -> {
                  response.getWriter().print("row ");
                  failTwice();
                });
          } catch (RuntimeException e) {
            response.getWriter().print("end");
          }
        });
    assertEquals("head row end", server.send("POST", "/x").body());
    assertEquals(1, runs.get());
  }

  @Test
  void whatItsCallerHasWrittenStaysWhenCodeRunsAgain() throws Exception {
    start(
        (request, response) -> {
          response.getWriter().print("head ");
          ConflictGuard.run(RETRY, this::failTwice);
          response.getWriter().print("end");
        });
    assertEquals("head end", server.send("POST", "/x").body());
    assertEquals(3, runs.get());
  }

  @Test
  void aCookieIsNotSetTwice() throws Exception {
    start(
        (request, response) ->
            ConflictGuard.run(
                RETRY,
                () -> {
                  response.addCookie(new Cookie("step", "1"));
                  failTwice();
                }));
    assertEquals(409, server.send("POST", "/x").statusCode());
    assertEquals(1, runs.get());
  }

  private void assertRefused(HttpResponse<String> answer, String body) {
    assertEquals(409, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals(List.of(body), stored);
  }

  private HttpResponse<String> sendForm() throws Exception {
    return server.sendBody("POST", "/x", FORM, "Content-Type", "multipart/form-data; boundary=b");
  }

  private void start(Handler handler) throws Exception {
    server.filter(new ConflictFilter()).handle("/x", handler).start();
  }

  private void store(InputStream body) throws IOException, SQLException {
    stored.add(text(body));
    failTwice();
  }

  private void failTwice() throws SQLException {
    if (runs.incrementAndGet() < 3) {
      throw new SQLException("deadlock", "40001");
    }
  }

  private static boolean repeats(long begun, Object argument) {
    return WovenGuard.repeats(
        WovenGuard.failed(
            null,
            new SQLException("deadlock", "40001"),
            RETRY.toString(),
            null,
            begun,
            new Object[] {argument}));
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
