package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;

/** Status and headers of every kind, with a small body where there is one. */
final class HeaderSamples {

  private HeaderSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .untagged("header-status-201", status(201))
        .untagged("header-status-202", status(202))
        .untagged("header-status-404", status(404))
        .untagged("header-status-409", status(409))
        .untagged("header-status-500", status(500))
        .untagged("header-status-299", status(299))
        .untagged("header-status-only", (q, r) -> r.setStatus(200))
        .untagged("header-nothing-at-all", (q, r) -> {})
        .untagged("header-status-204", (q, r) -> r.setStatus(204))
        .untagged("header-status-304", HeaderSamples::notModified)
        .untagged("header-status-206", HeaderSamples::partial)
        .untagged("header-accept-ranges", with((r) -> r.setHeader("Accept-Ranges", "bytes")))
        .untagged("header-status-set-late", HeaderSamples::statusLate)
        .untagged("header-type-set-late", HeaderSamples::typeLate)
        .untagged("header-type-turned-into-html", HeaderSamples::htmlLate)
        .untagged("header-no-store", with(r -> r.setHeader("Cache-Control", "no-store")))
        .untagged("header-no-store-set-late", HeaderSamples::noStoreLate)
        .tagged("header-no-cache", with(r -> r.setHeader("Cache-Control", "no-cache, private")))
        .untagged("header-own-tag", with(r -> r.setHeader("ETag", "\"v1\"")))
        .untagged("header-own-weak-tag", with(r -> r.setHeader("ETag", "W/\"v1\"")))
        .untagged("header-own-malformed-tag", with(r -> r.setHeader("ETag", "v1")))
        .untagged("header-own-tag-in-spaces", with(r -> r.setHeader("ETag", " \"v1\" ")))
        .untagged("header-two-own-tags", with(HeaderSamples::twoTags))
        .untagged("header-own-tag-in-lower-case", with(r -> r.setHeader("etag", "\"v1\"")))
        .untagged("header-own-tag-set-late", HeaderSamples::tagLate)
        .tagged("header-last-modified", with(r -> r.setDateHeader("Last-Modified", 0)))
        .tagged("header-vary", with(HeaderSamples::vary))
        .tagged("header-cookies", with(HeaderSamples::cookies))
        .tagged("header-session", HeaderSamples::session)
        .tagged("header-numbers-and-dates", with(HeaderSamples::numbersAndDates))
        .tagged("header-type-by-set-header", HeaderSamples::typeByHeader)
        .tagged("header-content-encoding", with(r -> r.setHeader("Content-Encoding", "x-none")))
        .tagged("header-seen-again", HeaderSamples::seen)
        .tagged("header-trailers", HeaderSamples::trailers)
        .untagged("header-stream-of-events", HeaderSamples::events)
        .tagged("header-set-after-close", HeaderSamples::setAfterClose)
        .untagged("header-type-in-odd-case", HeaderSamples::oddCase);
  }

  @FunctionalInterface
  private interface Header {
    void on(HttpServletResponse response);
  }

  private static Handler with(Header header) {
    return (request, response) -> {
      header.on(response);
      json(response).print("{\"a\":1}");
    };
  }

  private static Handler status(int status) {
    return with(response -> response.setStatus(status));
  }

  private static void notModified(Object request, HttpServletResponse response) {
    response.setContentType("application/json");
    response.setHeader("ETag", "\"v1\"");
    response.setStatus(304);
  }

  private static void partial(Object request, HttpServletResponse response) throws Exception {
    response.setStatus(206);
    response.setHeader("Content-Range", "bytes 0-3/10");
    json(response).print("abcd");
  }

  private static void statusLate(Object request, HttpServletResponse response) throws Exception {
    json(response).print("{\"a\":1}");
    response.setStatus(500);
  }

  private static void typeLate(Object request, HttpServletResponse response) throws Exception {
    response.getOutputStream().print("{\"a\":1}");
    response.setContentType("application/json");
  }

  private static void htmlLate(Object request, HttpServletResponse response) throws Exception {
    json(response).print("<p>");
    response.setContentType("text/html");
  }

  private static void noStoreLate(Object request, HttpServletResponse response) throws Exception {
    json(response).print("{\"a\":1}");
    response.setHeader("Cache-Control", "no-store");
  }

  private static void tagLate(Object request, HttpServletResponse response) throws Exception {
    json(response).print("{\"a\":1}");
    response.setHeader("ETag", "\"late\"");
  }

  private static void twoTags(HttpServletResponse response) {
    response.addHeader("ETag", "\"v1\"");
    response.addHeader("ETag", "\"v2\"");
  }

  private static void vary(HttpServletResponse response) {
    response.addHeader("Vary", "Accept");
    response.addHeader("Vary", "Accept-Language");
  }

  private static void cookies(HttpServletResponse response) {
    response.addCookie(new Cookie("a", "1"));
    response.addHeader("Set-Cookie", "b=2; Path=/");
  }

  private static void session(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getSession().setAttribute("a", 1);
    json(response).print("{\"a\":1}");
  }

  private static void numbersAndDates(HttpServletResponse response) {
    response.setIntHeader("X-Int", 1);
    response.addIntHeader("X-Int", 2);
    response.setDateHeader("X-Date", 0);
    response.addDateHeader("X-Date", 1_000_000_000_000L);
    response.setHeader("X-Text", "a");
    response.addHeader("x-text", "b");
  }

  private static void typeByHeader(Object request, HttpServletResponse response) throws Exception {
    response.setHeader("Content-Type", "application/json;charset=utf-8");
    response.getWriter().write("\"\u20ac\"");
  }

  private static void seen(Object request, HttpServletResponse response) throws Exception {
    response.setHeader("X-A", "1");
    response.addHeader("X-A", "2");
    response.setLocale(Locale.ITALY);
    json(response)
        .print(
            response.getStatus()
                + " "
                + response.getHeader("X-A")
                + response.getHeaders("X-A")
                + response.containsHeader("x-a")
                + response.getHeaderNames().contains("X-A")
                + response.getContentType()
                + response.getCharacterEncoding()
                + response.getLocale()
                + response.encodeURL("/a")
                + response.encodeRedirectURL("/b"));
  }

  private static void trailers(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (request.getProtocol().equals("HTTP/1.1")) {
      response.setHeader("Trailer", "X-End");
      response.setTrailerFields(() -> Map.of("X-End", "yes"));
    }
    json(response).print("{\"a\":1}");
  }

  private static void events(Object request, HttpServletResponse response) throws Exception {
    response.setContentType("text/event-stream");
    response.flushBuffer();
    response.getOutputStream().print("data: 1\n\n");
    response.getOutputStream().flush();
    response.getOutputStream().print("data: 2\n\n");
  }

  private static void setAfterClose(Object request, HttpServletResponse response) throws Exception {
    json(response).print("{\"a\":1}");
    response.getOutputStream().close();
    response.setStatus(500);
    response.setHeader("X-Late", "1");
    response.addHeader("X-Late", "2");
    response.setContentType("text/html");
    response.addCookie(new Cookie("late", "1"));
  }

  private static void oddCase(Object request, HttpServletResponse response) throws Exception {
    response.setContentType("Text/HTML ; charset=utf-8");
    response.getOutputStream().print("<p>");
  }
}
