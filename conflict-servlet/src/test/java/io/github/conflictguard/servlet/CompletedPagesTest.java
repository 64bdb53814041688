package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages as they are found in the wild: apart from the tokens, every byte of them is as it was. */
@Tag("container")
class CompletedPagesTest {

  private static final Pattern FIELD =
      Pattern.compile(
          "<input type=\"hidden\" name=\"_conflictguard\" value=\"[A-Za-z0-9_-]{80,400}\"/?>");

  private static final String FORM =
      "<form method=post action=/app/save><input name=id value=7></form>";

  private static final Map<String, Page> PAGES = new LinkedHashMap<>();

  private static final FilterServer server = new FilterServer();

  /** A page, and how many of its forms get a token. */
  private record Page(String type, Charset charset, byte[] bytes, int tokens) {

    static Page html(int tokens, String text) {
      return new Page("text/html;charset=UTF-8", UTF_8, text.getBytes(UTF_8), tokens);
    }

    static Page in(Charset charset, String said, int tokens, String text) {
      return new Page(
          "text/html" + (said.isEmpty() ? "" : ";charset=" + said),
          charset,
          text.getBytes(charset),
          tokens);
    }
  }

  static {
    PAGES.put("plain", Page.html(1, "<p>ä€😀</p>" + FORM + "<p>after</p>"));
    PAGES.put("several", Page.html(2, FORM + "<form action=/app/other method=post></form>" + FORM));
    PAGES.put("get", Page.html(0, FORM.replace("post", "get") + FORM.replace("method=post", "")));
    PAGES.put("elsewhere", Page.html(0, FORM.replace("/app/save", "http://other/app/save")));
    PAGES.put("own server", Page.html(1, FORM.replace("/app/", "http://office.example/app/")));
    PAGES.put("relative", Page.html(1, FORM.replace("/app/save", "./x/../../save;jsessionid=1?a")));
    PAGES.put("encoded", Page.html(1, FORM.replace("/app/save", "&#47;app/s%61ve")));
    PAGES.put("base", Page.html(1, "<base href=/app/>" + FORM.replace("/app/save", "save")));
    PAGES.put("other base", Page.html(0, "<base href=/x/>" + FORM.replace("/app/save", "save")));
    PAGES.put("unclosed", Page.html(1, "<table>" + FORM.replace("</form>", "") + "<p>x</table>"));
    PAGES.put("unclosed twice", Page.html(1, (FORM + "<p>").replace("</form>", "").repeat(2)));
    PAGES.put("nested", Page.html(1, FORM.replace("</form>", FORM + "</form>")));
    PAGES.put("crossed", Page.html(1, "<div>" + FORM.replace("</form>", "</div></form>")));
    PAGES.put("in comment", Page.html(0, "<!-- " + FORM + " --><!--> -->"));
    PAGES.put("in script", Page.html(0, "<script>document.write('" + FORM + "')</script>"));
    PAGES.put(
        "in hidden script",
        Page.html(1, "<script><!-- <script>" + FORM + "</script> --></script>" + FORM));
    PAGES.put("in template", Page.html(0, "<template>" + FORM + "</template>"));
    PAGES.put("in textarea", Page.html(1, "<textarea>" + FORM + "</textarea>" + FORM));
    PAGES.put("in title", Page.html(0, "<title>" + FORM + "</title>"));
    PAGES.put("in style", Page.html(0, "<style>" + FORM + "</style>"));
    PAGES.put("in noscript", Page.html(1, "<noscript>" + FORM + "</noscript>"));
    PAGES.put("in iframe", Page.html(0, "<iframe>" + FORM + "</iframe>"));
    PAGES.put("in attribute", Page.html(0, "<p title='" + FORM + "'>"));
    PAGES.put("in plaintext", Page.html(0, "<plaintext>" + FORM));
    PAGES.put("in CDATA that is none", Page.html(1, "<![CDATA[ > " + FORM + " ]]>"));
    PAGES.put("frames", Page.html(0, "<frameset cols=1><frame src=x><noframes>" + FORM));
    PAGES.put("upper case", Page.html(1, FORM.toUpperCase().replace("/APP/SAVE", "/app/save")));
    PAGES.put(
        "odd spaces", Page.html(1, FORM.replace(" ", "\n\t \f").replace("</form", "</FORM ")));
    PAGES.put("odd slashes", Page.html(1, FORM.replace("<form ", "<form/ / ")));
    PAGES.put("after form", Page.html(1, FORM + "</form></form><" + "form" + "<>< / form>"));
    PAGES.put("cut in tag", Page.html(1, FORM + "<form method=post action='/app/save"));
    PAGES.put("cut in end tag", Page.html(1, FORM.replace("</form>", "</for")));
    PAGES.put("cut after the first character", Page.html(1, FORM + "<"));
    PAGES.put("field elsewhere", Page.html(1, FORM + "<input form=x>"));
    PAGES.put("empty", Page.html(0, ""));
    PAGES.put("huge", Page.html(1, "<p>ä €</p>\n".repeat(200_000) + FORM));
    PAGES.put("huge tag", Page.html(0, "<p title='" + "x".repeat(70_000) + "'>" + FORM));
    PAGES.put(
        "XHTML",
        new Page(
            "application/xhtml+xml;charset=UTF-8",
            UTF_8,
            ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
                    + "<form method='post' action='/app/save'><p><input name='id' value='7'/></p>"
                    + "</form><script><![CDATA[ <form method='post' action='/app/save'> ]]>"
                    + "</script><form method='post' action='/app/save'/></body></html>")
                .getBytes(UTF_8),
            1));
    PAGES.put("Latin-1", Page.in(ISO_8859_1, "ISO-8859-1", 1, "<p>äöü</p>" + FORM));
    PAGES.put("windows-1252", Page.in(Charset.forName("windows-1252"), "cp1252", 1, "€" + FORM));
    PAGES.put("Shift_JIS", Page.in(Charset.forName("Shift_JIS"), "Shift_JIS", 1, "表ソ" + FORM));
    PAGES.put("GB18030", Page.in(Charset.forName("GB18030"), "GB18030", 1, "汉€😀" + FORM));
    PAGES.put("UTF-16BE", Page.in(UTF_16BE, "UTF-16BE", 1, "<p>ä€😀\u0a3c</p>" + FORM));
    PAGES.put("UTF-16LE", Page.in(UTF_16LE, "UTF-16LE", 1, "<p>ä€😀\u3c0a</p>" + FORM));
    PAGES.put("UTF-16 with mark", Page.in(UTF_16LE, "UTF-16", 1, "\ufeff<p>ä</p>" + FORM));
    PAGES.put("unsaid UTF-16 with mark", Page.in(UTF_16BE, "", 1, "\ufeff<p>ä</p>" + FORM));
    PAGES.put("unsaid", Page.in(UTF_8, "", 1, "<meta charset=utf-8><p>ä</p>" + FORM));
    PAGES.put("ISO-2022-JP", Page.in(Charset.forName("ISO-2022-JP"), "ISO-2022-JP", 0, "表" + FORM));
    PAGES.put("not HTML", new Page("text/plain", UTF_8, FORM.getBytes(UTF_8), 0));
    PAGES.put("JavaScript", new Page("text/javascript", UTF_8, FORM.getBytes(UTF_8), 0));
    PAGES.put("gzip", new Page("text/html", UTF_8, zipped(FORM), 0));
  }

  @BeforeAll
  static void start() throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/page/{id}",
              "write": "POST /save?form.id={id}", "tag": "form"}]}
            """)
        .filter(new ConflictFilter())
        .handle("/page/*", CompletedPagesTest::serve)
        .handle("/included", CompletedPagesTest::serve)
        .handle("/save", (request, response) -> response.setStatus(204))
        .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  static Stream<Arguments> ways() {
    return PAGES.keySet().stream()
        .flatMap(
            page ->
                Stream.of(
                        "stream",
                        "bytes",
                        "flushing",
                        "length",
                        "closing",
                        "writer",
                        "chars",
                        "flushing writer",
                        "print",
                        "forward",
                        "include")
                    .filter(way -> isPossible(page, way))
                    .map(way -> Arguments.of(page, way)));
  }

  private static boolean isPossible(String page, String way) {
    boolean text = way.contains("writer") || way.equals("chars");
    boolean slow = way.contains("flushing") || way.equals("bytes") || way.equals("chars");
    return (!text || !page.matches("gzip|.*mark|unsaid.*|ISO-2022-JP"))
        && (!slow || !page.equals("huge"))
        && !(way.equals("print") && page.contains("UTF-16"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void apartFromTheTokensEveryByteIsAsItWas(String name, String way) throws Exception {
    Page page = PAGES.get(name);
    RawAnswer answer =
        get("/page/7?name=" + name.replace(" ", "%20") + "&way=" + way.replace(" ", "%20"));
    assertEquals("200", answer.statusLine().split(" ")[1]);
    String wide =
        name.contains("UTF-16") ? new String(answer.body(), page.charset()) : answer.text();
    Matcher field = FIELD.matcher(wide);
    int tokens = (int) field.results().count();
    String without = FIELD.matcher(wide).replaceAll("");
    assertEquals(
        name.contains("UTF-16")
            ? new String(page.bytes(), page.charset())
            : new String(page.bytes(), ISO_8859_1),
        without);
    assertEquals(page.tokens(), tokens);
    String length = answer.header("Content-Length");
    assertFalse(length != null && Integer.parseInt(length) != answer.body().length);
    assertFalse(answer.end().equals("cut short"), answer.end());
  }

  @Test
  void theTokenComesLastInItsForm() throws Exception {
    String page = get("/page/7?name=plain&way=stream").text();
    assertTrue(
        Pattern.compile("value=7>" + FIELD.pattern() + "</form><p>after").matcher(page).find(),
        page);
  }

  @Test
  void aLengthThatWasDeclaredIsKeptWhereNothingIsAdded() throws Exception {
    RawAnswer answer = get("/page/7?name=in%20comment&way=length");
    assertEquals(
        String.valueOf(PAGES.get("in comment").bytes().length), answer.header("Content-Length"));
  }

  @Test
  void aPageWithTokensIsNeverAnsweredBy304() throws Exception {
    RawAnswer first = get("/page/7?name=plain&way=stream");
    String tag = first.header("ETag");
    RawAnswer second = get("/page/7?name=plain&way=stream", "If-None-Match: " + tag);
    assertEquals("200", second.statusLine().split(" ")[1]);
    assertEquals(tag, second.header("ETag"));
    assertFalse(first.text().equals(second.text()));
  }

  @Test
  void headSaysNoLengthThatGetDoesNotHave() throws Exception {
    int length = get("/page/7?name=plain&way=length").body().length;
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer head =
          client
              .ask("HEAD", "/page/7?name=plain&way=length", "HTTP/1.1", "Connection: close")
              .answer("HEAD");
      String said = head.header("Content-Length");
      assertTrue(said == null || Integer.parseInt(said) == length, said);
    }
  }

  private static RawAnswer get(String path, String... headers) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String[] all =
          Stream.concat(Stream.of(headers), Stream.of("Connection: close")).toArray(String[]::new);
      return client.ask("GET", path, "HTTP/1.1", all).answer("GET");
    }
  }

  private static void serve(HttpServletRequest request, HttpServletResponse response)
      throws Throwable {
    Page page = PAGES.get(request.getParameter("name"));
    String way = request.getParameter("way");
    boolean inner = request.getAttribute("inner") != null;
    request.setAttribute("inner", true);
    if (!inner && (way.equals("forward") || way.equals("include"))) {
      response.setContentType(page.type());
      if (way.equals("forward")) {
        request.getRequestDispatcher("/included").forward(request, response);
      } else {
        request.getRequestDispatcher("/included").include(request, response);
      }
      return;
    }
    response.setContentType(page.type());
    if (request.getParameter("name").equals("gzip")) {
      response.setHeader("Content-Encoding", "gzip");
    }
    writer(page, way).handle(request, response);
  }

  private static Handler writer(Page page, String way) {
    byte[] bytes = page.bytes();
    String text = new String(bytes, page.charset());
    return (request, response) -> {
      switch (way) {
        case "bytes" -> {
          for (byte b : bytes) {
            response.getOutputStream().write(b);
          }
        }
        case "flushing" -> {
          OutputStream out = response.getOutputStream();
          for (int i = 0; i < bytes.length; i += 7) {
            out.write(bytes, i, Math.min(7, bytes.length - i));
            response.flushBuffer();
          }
        }
        case "length" -> {
          response.setContentLength(bytes.length);
          response.getOutputStream().write(bytes);
        }
        case "closing" -> {
          response.getOutputStream().write(bytes);
          response.getOutputStream().close();
        }
        case "writer" -> response.getWriter().print(text);
        case "chars" -> {
          Writer out = response.getWriter();
          for (int i = 0; i < text.length(); i++) {
            out.write(text.charAt(i));
          }
          out.close();
        }
        case "flushing writer" -> {
          Writer out = response.getWriter();
          for (int i = 0; i < text.length(); i += 7) {
            out.write(text, i, Math.min(7, text.length() - i));
            out.flush();
          }
        }
        case "print" -> {
          for (byte b : bytes) {
            if (b >= 0) {
              response.getOutputStream().print((char) b);
            } else {
              response.getOutputStream().write(b);
            }
          }
        }
        default -> response.getOutputStream().write(bytes);
      }
    };
  }

  private static byte[] zipped(String text) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream zip = new GZIPOutputStream(bytes)) {
        zip.write(text.getBytes(UTF_8));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
