package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Links that write, on lists that no rule reads. */
@Tag("container")
class ListedLinksTest {

  private static final String RULES =
      """
      {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
        "write": ["POST /save?id={id:number}", "GET /delete?id={id:number}"], "required": %s,
        "tag": "form", "forms": {"links": %s}}]}
      """;

  private final FilterServer server = new FilterServer();
  private final AtomicInteger deleted = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void linksOnAListGetTokensByTheRuleOfTheirTarget() throws Exception {
    start("true");
    HttpResponse<String> list = server.send("GET", "/list");
    String session = list.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    Matcher link = Pattern.compile("href=\"(delete[^\"]*)\"").matcher(list.body());
    assertTrue(link.find(), list.body());
    assertTrue(link.group(1).contains("_conflictguard="), list.body());
    assertTrue(list.body().contains("<a href=\"show?id=7\">"), list.body());
    String address = "/" + link.group(1).replace("&amp;", "&");
    assertEquals(302, server.send("GET", address, "Cookie", session).statusCode());
    assertEquals(302, server.send("GET", address, "Cookie", session).statusCode());
    assertEquals(1, deleted.get(), "the second click gets the answer of the first one");
  }

  @Test
  void aLinkOfAListThatIsOlderThanTheRecordIsStale() throws Exception {
    start("true");
    HttpResponse<String> list = server.send("GET", "/list");
    String session = list.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    String other =
        server.send("GET", "/list").headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertEquals(302, save(other));
    Matcher link = Pattern.compile("href=\"(delete[^\"]*)\"").matcher(list.body());
    assertTrue(link.find());
    String address = "/" + link.group(1).replace("&amp;", "&");
    assertEquals(412, server.send("GET", address, "Cookie", session).statusCode());
    assertEquals(0, deleted.get());
  }

  @Test
  void withoutTheFieldListsStayAsTheyAre() throws Exception {
    start("false");
    HttpResponse<String> list = server.send("GET", "/list");
    assertFalse(list.body().contains("_conflictguard"), list.body());
    assertEquals("\"own\"", list.headers().firstValue("ETag").orElse(""));
  }

  private int save(String session) throws Exception {
    String page = server.send("GET", "/edit?id=7", "Cookie", session).body();
    Matcher token = Pattern.compile("name=\"_conflictguard\" value=\"([^\"]*)\"").matcher(page);
    assertTrue(token.find(), page);
    return server
        .sendBody(
            "POST",
            "/save?id=7",
            "name=x&_conflictguard=" + token.group(1),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Cookie",
            session)
        .statusCode();
  }

  private void start(String links) throws Exception {
    server
        .rules(RULES.formatted(links, links))
        .filter(new ConflictFilter())
        .handle(
            "/list",
            (request, response) -> {
              request.getSession();
              response.setContentType("text/html;charset=UTF-8");
              response.setHeader("ETag", "\"own\"");
              response
                  .getWriter()
                  .print(
                      "<!DOCTYPE html><title>l</title><a href=\"show?id=7\">a</a>"
                          + "<a href=\"delete?id=7\">d</a>");
            })
        .handle(
            "/edit",
            (request, response) -> {
              response.setContentType("text/html;charset=UTF-8");
              response
                  .getWriter()
                  .print("<form method=post action=\"save?id=7\"><input name=name value=a></form>");
            })
        .handle("/save", (request, response) -> response.sendRedirect("/app/list"))
        .handle(
            "/delete",
            (request, response) -> {
              deleted.incrementAndGet();
              response.sendRedirect("/app/list");
            })
        .start();
  }
}
