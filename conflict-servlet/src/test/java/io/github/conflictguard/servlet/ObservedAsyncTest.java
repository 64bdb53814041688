package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In mode observe, what is answered asynchronously is observed like everything else. */
@Tag("container")
class ObservedAsyncTest {

  private final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>();
  private volatile String saveBy = "redirect";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "complete, form", "complete-wrapped, form", "complete-in-servlet, form", "dispatch, form",
    "dispatch-wrapped, form", "dispatch-twice, form", "complete, counter", "dispatch, counter"
  })
  void staleSaveFromAPageThatWasCompletedAsynchronouslyIsCounted(String how, String source)
      throws Exception {
    start(source, "observe");
    FormUser ada = FormUser.loggedIn(server);
    FormUser grace = FormUser.loggedIn(server);
    FormUser.Filled mine = ada.open("/edit?id=7&how=" + how);
    FormUser.Filled theirs = grace.open("/edit?id=7&how=" + how);
    assertEquals(302, theirs.with("name", "theirs").send().statusCode());
    assertCounts("failedPreconditions=0 lostUpdates=0 undecidedWrites=0");
    assertEquals(302, mine.with("name", "mine").send().statusCode());
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
    assertCounts("unguardedWrites=0 missingPreconditions=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "status", "dispatch", "error", "refusal"})
  void asynchronousSaveCountsWhenItIsComplete(String how) throws Exception {
    start("form", "observe");
    FormUser.Filled mine = FormUser.loggedIn(server).open("/edit?id=7&how=sync");
    FormUser.Filled theirs = FormUser.loggedIn(server).open("/edit?id=7&how=sync");
    saveBy = how;
    theirs.with("name", "theirs").send();
    saveBy = "sync";
    assertEquals(302, mine.with("name", "mine").send().statusCode());
    // Whatever an asynchronous write answers, it counts as a write, as it does in mode protect.
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "complete",
        "complete-wrapped",
        "complete-in-servlet",
        "dispatch",
        "dispatch-twice"
      })
  void formOfAPageThatWasCompletedAsynchronouslyIsProtected(String how) throws Exception {
    start("form", "protect");
    FormUser.Filled mine = FormUser.loggedIn(server).open("/edit?id=7&how=" + how);
    FormUser.Filled theirs = FormUser.loggedIn(server).open("/edit?id=7&how=" + how);
    assertNotNull(mine.token());
    assertEquals(302, theirs.with("name", "theirs").send().statusCode());
    assertEquals(412, mine.with("name", "mine").send().statusCode());
    assertEquals("theirs", records.get("7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "dispatch"})
  void asynchronousPageComesAsItIs(String how) throws Exception {
    start("form", "observe");
    HttpResponse<String> page = server.send("GET", "/edit?id=7&how=" + how);
    assertEquals(page("start"), page.body());
    assertEquals(200, page.statusCode());
  }

  private void assertCounts(String expected) throws Exception {
    assertEquals(expected, JmxCounts.like(expected));
  }

  private void start(String source, String mode) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "r", "mode": "%s", "key": "record/{id}", "read": "/edit?id={id}",
              "write": "POST /save?form.id={id}", "tag": "%s", "forms": true}]}
            """
                .formatted(mode, source))
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", this::edit)
        .handle("/page", (request, response) -> write(response))
        .handle("/again", (request, response) -> request.startAsync().dispatch("/page"))
        .handle("/failed", (request, response) -> response.setStatus(500))
        .handle("/save", this::save)
        .start();
  }

  private void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String how = request.getParameter("how");
    if (how.equals("sync")) {
      write(response);
      return;
    }
    AsyncContext async =
        how.endsWith("-wrapped") ? request.startAsync(request, response) : request.startAsync();
    async.setTimeout(60_000);
    switch (how) {
      case "dispatch", "dispatch-wrapped" -> async.start(() -> async.dispatch("/page"));
      case "dispatch-twice" -> async.dispatch("/again");
      case "complete-in-servlet" -> {
        write(async.getResponse());
        async.complete();
      }
      default ->
          async.start(
              () -> {
                write(async.getResponse());
                async.complete();
              });
    }
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String how = saveBy;
    records.put("7", request.getParameter("name"));
    if (how.equals("sync")) {
      response.sendRedirect("done");
      return;
    }
    AsyncContext async = request.startAsync();
    async.setTimeout(60_000);
    async.start(() -> answer(async, how));
  }

  private static void answer(AsyncContext async, String how) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    try {
      switch (how) {
        case "redirect" -> response.sendRedirect("done");
        case "error" -> response.sendError(500);
        case "refusal" -> response.setStatus(409);
        default -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (how.equals("dispatch")) {
      async.dispatch("/failed");
    } else {
      async.complete();
    }
  }

  private void write(ServletResponse response) {
    response.setContentType("text/html;charset=UTF-8");
    try {
      response.getWriter().print(page(records.getOrDefault("7", "start")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String page(String name) {
    return "<!DOCTYPE html><title>t</title><form method=post action=save>"
        + "<input type=hidden name=id value=7><input name=name value='"
        + name
        + "'><button>Save</button></form>";
  }
}
