package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One servlet that hands over to another. After a forward, Tomcat 11 shuts its own response. */
final class DispatchSamples {

  private DispatchSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .part("part/stream", (q, r) -> json(r).print("{\"s\":1}"))
        .part("part/writer", (q, r) -> WriterSamples.json(r).print("{\"w\":\"\u20ac\"}"))
        .part("part/text", (q, r) -> r.getWriter().print("part"))
        .part("part/html", (q, r) -> html(r))
        .part("part/large", (q, r) -> json(r).write(StreamSamples.bytes(90_000)))
        .part("part/error", (q, r) -> r.sendError(404, "no part"))
        .part("part/redirect", (q, r) -> r.sendRedirect("other"))
        .part("part/status", (q, r) -> r.setStatus(204))
        .part("part/headers", DispatchSamples::headers)
        .part("part/closing", DispatchSamples::closing)
        .part("part/closed-writer", DispatchSamples::closingWriter)
        .part("part/headers-only", (q, r) -> r.setHeader("X-Part", "1"))
        .part("part/failing", (q, r) -> fail())
        .part("part/forward", forward("/part/stream"))
        .part("part/include", include("/part/stream"))
        .tagged("forward-to-a-stream", forward("/part/stream"))
        .tagged("forward-to-a-writer", forward("/part/writer"))
        .tagged("forward-twice", forward("/part/forward"))
        .untagged("forward-to-an-include", forward("/part/include"))
        .tagged("forward-after-headers", DispatchSamples::forwardAfterHeaders)
        .tagged("forward-after-output", DispatchSamples::forwardAfterOutput)
        .tagged("forward-then-more", DispatchSamples::forwardThenMore)
        .untagged("forward-to-html", forward("/part/html"))
        .untagged("forward-to-much", forward("/part/large"))
        .untagged("forward-to-an-error", forward("/part/error"))
        .untagged("forward-to-a-redirect", forward("/part/redirect"))
        .untagged("forward-to-a-status", forward("/part/status"))
        .untaggedOfAnyLength("forward-to-nothing", forward("/no-such-part"))
        .untagged("forward-to-a-failure", forward("/part/failing"))
        .tagged("include-of-a-stream", includeInJson("/part/stream"))
        .tagged("include-of-headers", includeInJson("/part/headers"))
        .tagged("include-of-an-include", includeInJson("/part/include"))
        .tagged("include-between-writers", DispatchSamples::includeBetween)
        .untagged("include-only", include("/part/stream"))
        .untagged("include-in-html", DispatchSamples::includeInHtml)
        .untagged("include-of-much", includeInJson("/part/large"))
        .untagged("include-of-a-failure", includeInJson("/part/failing"))
        .tagged("include-of-an-error", includeInJson("/part/error"))
        .tagged("include-of-a-redirect", includeInJson("/part/redirect"))
        .taggedOrNot("include-that-closes", includeInJson("/part/closing"))
        .tagged("forward-that-closes", forward("/part/closing"))
        .tagged("forward-that-closes-a-writer", forward("/part/closed-writer"))
        .untagged("forward-to-headers-only", forward("/part/headers-only"))
        .tagged("forward-after-a-writer", DispatchSamples::forwardAfterWriter)
        .untagged("forward-after-flush", DispatchSamples::forwardAfterFlush)
        .tagged("forward-by-name-of-the-context", DispatchSamples::forwardByContext)
        .tagged("forward-of-the-context-after-output", DispatchSamples::forwardByContextLate)
        .tagged("forward-of-the-context-after-a-writer", DispatchSamples::forwardByContextWriter);
  }

  private static Handler forward(String path) {
    return (request, response) -> request.getRequestDispatcher(path).forward(request, response);
  }

  private static Handler include(String path) {
    return (request, response) -> request.getRequestDispatcher(path).include(request, response);
  }

  private static Handler includeInJson(String path) {
    return (request, response) -> {
      json(response).print("[");
      request.getRequestDispatcher(path).include(request, response);
      response.getOutputStream().print("]");
    };
  }

  private static void html(HttpServletResponse response) throws Exception {
    response.setContentType("text/html;charset=utf-8");
    response.getWriter().print("<p>\u20ac</p>");
  }

  private static void headers(Object request, HttpServletResponse response) throws Exception {
    response.setHeader("X-Part", "1");
    response.setStatus(500);
    response.getOutputStream().print("{\"h\":1}");
  }

  private static void closing(Object request, HttpServletResponse response) throws Exception {
    json(response).print("{\"c\":1}");
    response.getOutputStream().close();
  }

  private static void closingWriter(Object request, HttpServletResponse response) throws Exception {
    WriterSamples.json(response).print("{\"c\":1}");
    response.getWriter().close();
  }

  private static void forwardAfterWriter(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    WriterSamples.json(response).print("forgotten");
    request.getRequestDispatcher("/part/writer").forward(request, response);
  }

  private static void forwardAfterFlush(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    json(response).print("sent");
    response.flushBuffer();
    try {
      request.getRequestDispatcher("/part/stream").forward(request, response);
    } catch (IllegalStateException e) {
      response.getOutputStream().print(" and refused");
    }
  }

  private static void fail() {
    throw new IllegalArgumentException("part");
  }

  private static void forwardAfterHeaders(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    response.setHeader("X-Before", "1");
    request.getRequestDispatcher("/part/stream").forward(request, response);
    response.setHeader("X-After", "1");
  }

  private static void forwardAfterOutput(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    json(response).print("forgotten");
    request.getRequestDispatcher("/part/stream").forward(request, response);
  }

  private static void forwardThenMore(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getRequestDispatcher("/part/stream").forward(request, response);
    try {
      response.getOutputStream().print("more");
    } catch (IOException e) {
      // Jetty says that it is closed, Tomcat does not.
    }
  }

  private static void includeBetween(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    WriterSamples.json(response).print("[");
    request.getRequestDispatcher("/part/text").include(request, response);
    response.getWriter().print("]");
  }

  private static void includeInHtml(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    response.setContentType("text/html;charset=utf-8");
    response.getWriter().print("<div>");
    request.getRequestDispatcher("/part/text").include(request, response);
    response.getWriter().print("</div>");
  }

  private static void forwardByContext(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getServletContext().getRequestDispatcher("/part/stream").forward(request, response);
  }

  private static void forwardByContextLate(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    json(response).print("forgotten");
    request.getServletContext().getRequestDispatcher("/part/stream").forward(request, response);
  }

  private static void forwardByContextWriter(
      HttpServletRequest request, HttpServletResponse response) throws Exception {
    WriterSamples.json(response).print("forgotten");
    request.getServletContext().getRequestDispatcher("/part/writer").forward(request, response);
  }
}
