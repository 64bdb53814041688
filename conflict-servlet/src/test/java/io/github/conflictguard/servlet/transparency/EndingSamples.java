package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.bytes;
import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;

/** Errors, redirects, resets and flushes: what changes an answer that has begun. */
final class EndingSamples {

  private EndingSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .untagged("error-sent", (q, r) -> r.sendError(404))
        .untagged("error-with-message", (q, r) -> r.sendError(404, "no <such> thing"))
        .untagged("error-after-output", EndingSamples::errorAfterOutput)
        .untagged("error-after-written-output", EndingSamples::errorAfterWriter)
        .untagged("error-then-output", EndingSamples::outputAfterError)
        .untagged("error-of-the-server", (q, r) -> r.sendError(500, "no <such> thing"))
        .untagged("error-of-the-server-then-more", EndingSamples::moreAfterError)
        .untagged("error-with-a-page-then-failure", EndingSamples::failureAfterError)
        .untaggedOfAnyLength("error-by-hand", EndingSamples::errorByHand)
        .untagged("error-with-a-page", (q, r) -> r.sendError(503))
        .untagged("error-with-a-page-after-output", EndingSamples::errorPageAfterOutput)
        .untagged("redirect-relative", (q, r) -> r.sendRedirect("other?a=1"))
        .untagged("redirect-to-path", (q, r) -> r.sendRedirect("/app/other"))
        .untagged("redirect-absolute", (q, r) -> r.sendRedirect("https://example.org/x"))
        .untagged("redirect-after-output", EndingSamples::redirectAfterOutput)
        .untagged("redirect-with-a-type", (q, r) -> redirectOf(r, "text/html"))
        .untagged("redirect-with-a-charset", (q, r) -> redirectOf(r, "text/html;charset=utf-8"))
        .untagged("redirect-then-writer", EndingSamples::writerAfterRedirect)
        .untagged("redirect-then-writer-closed", EndingSamples::writerClosedAfterRedirect)
        .untagged("error-then-writer", EndingSamples::writerAfterError)
        .part("part/redirect-then-writer", EndingSamples::writerAfterRedirect)
        .untagged(
            "redirect-then-writer-in-a-forward",
            (q, r) -> q.getRequestDispatcher("/part/redirect-then-writer").forward(q, r))
        .untagged("redirect-by-hand", EndingSamples::redirectByHand)
        .untagged("redirect-301", newRedirect("other", 301, true))
        .untagged("redirect-307-absolute", newRedirect("https://example.org/x", 307, true))
        .untagged("redirect-303-keeps-the-body", newRedirect("/app/other", 303, false))
        .untagged("redirect-by-status-only", EndingSamples::redirectByStatus)
        .tagged("reset-then-other-content", EndingSamples::resetThenOther)
        .untagged("reset-json-then-html", (q, r) -> resetTo(r, "text/html"))
        .tagged("reset-html-then-json", EndingSamples::resetFromHtml)
        .tagged("reset-buffer-then-other-content", EndingSamples::resetBufferThenOther)
        .tagged("reset-buffer-of-a-writer", EndingSamples::resetBufferOfWriter)
        .tagged("reset-writer-then-stream", EndingSamples::resetWriterThenStream)
        .tagged("reset-stream-then-writer", EndingSamples::resetStreamThenWriter)
        .tagged("reset-but-the-old-stream-goes-on", EndingSamples::resetOldStream)
        .tagged("reset-but-the-old-writer-goes-on", EndingSamples::resetOldWriter)
        .tagged("reset-writer-to-another-charset", EndingSamples::resetToOtherCharset)
        .tagged("reset-after-close", EndingSamples::resetAfterClose)
        .tagged("buffer-size-set", EndingSamples::bufferSize)
        .tagged("buffer-size-set-after-output", EndingSamples::bufferSizeLate)
        .untagged("flush-buffer-first", EndingSamples::flushFirst)
        .untagged("flush-buffer-in-the-middle", EndingSamples::flushBufferInTheMiddle)
        .untagged("flush-buffer-last", EndingSamples::flushBufferLast)
        .untagged("flush-stream-in-the-middle", EndingSamples::flushInTheMiddle)
        .untagged("flush-writer-in-the-middle", EndingSamples::flushWriterInTheMiddle)
        .taggedAndReframed("flush-stream-last", EndingSamples::flushLast)
        .taggedAndReframed("flush-writer-last", EndingSamples::flushWriterLast)
        .taggedAndReframed("flush-writer-by-check-error", EndingSamples::checkError)
        .tagged("commit-is-seen-after-close", EndingSamples::committedAfterClose)
        .part("other", (q, r) -> r.getOutputStream().print("other"))
        .part("error-page", EndingSamples::errorPage);
  }

  private static void errorPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response
        .getOutputStream()
        .print(
            "error "
                + request.getAttribute("jakarta.servlet.error.status_code")
                + request.getAttribute("jakarta.servlet.error.exception")
                + request.getAttribute("jakarta.servlet.error.request_uri")
                + request.getDispatcherType());
  }

  private static void redirectOf(HttpServletResponse response, String type) throws IOException {
    response.setContentType(type);
    response.sendRedirect("other");
  }

  private static void writerAfterRedirect(Object request, HttpServletResponse response)
      throws IOException {
    redirectOf(response, "text/html");
    response.getWriter().print("moved");
  }

  private static void writerClosedAfterRedirect(Object request, HttpServletResponse response)
      throws IOException {
    redirectOf(response, "text/html");
    response.getWriter().close();
  }

  private static void writerAfterError(Object request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html");
    response.sendError(404);
    response.getWriter().print("not found");
  }

  private static void errorAfterOutput(Object request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Before", "1");
    json(response).write(bytes(300));
    response.sendError(404);
  }

  private static void errorAfterWriter(Object request, HttpServletResponse response)
      throws IOException {
    WriterSamples.json(response).write("{\"a\":");
    response.sendError(500, "broken");
  }

  private static void outputAfterError(Object request, HttpServletResponse response)
      throws IOException {
    ServletOutputStream out = json(response);
    response.sendError(404);
    try {
      out.write(bytes(300));
      out.flush();
    } catch (IOException e) {
      // The containers differ.
    }
  }

  /** All that an application can still try, and containers do not listen to. */
  private static void moreAfterError(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Before", "1");
    WriterSamples.json(response).write("{\"a\":");
    response.sendError(500);
    StringBuilder refused = new StringBuilder();
    response.setStatus(201);
    response.setHeader("X-After", "1");
    response.setContentType("text/plain");
    response.getWriter().print("more");
    response.flushBuffer();
    for (Attempt attempt :
        new Attempt[] {
          () -> response.reset(),
          () -> response.sendError(404),
          () -> response.sendRedirect("other"),
          () -> request.getRequestDispatcher("/other").forward(request, response)
        }) {
      try {
        attempt.run();
      } catch (Exception e) {
        refused.append(e.getClass().getSimpleName());
      }
    }
    request.getServletContext().setAttribute("refused", refused + "," + response.getStatus());
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws Exception;
  }

  private static void failureAfterError(Object request, HttpServletResponse response)
      throws IOException {
    response.sendError(503);
    throw new IOException("x");
  }

  private static void errorByHand(Object request, HttpServletResponse response) throws IOException {
    response.setStatus(500);
    WriterSamples.json(response).write("{\"a\":1}");
    response.getWriter().flush();
  }

  private static void errorPageAfterOutput(Object request, HttpServletResponse response)
      throws IOException {
    WriterSamples.json(response).write("{\"a\":");
    response.sendError(503, "later");
  }

  private static void redirectAfterOutput(Object request, HttpServletResponse response)
      throws IOException {
    json(response).write(bytes(300));
    response.sendRedirect("other");
  }

  private static void redirectByHand(Object request, HttpServletResponse response) {
    response.setStatus(303);
    response.setHeader("Location", "other");
  }

  /** The redirect of Servlet 6.1; on older containers, what it would have done. */
  private static Handler newRedirect(String location, int status, boolean clear) {
    return (request, response) -> {
      json(response).print("{\"a\":1}");
      try {
        HttpServletResponse.class
            .getMethod("sendRedirect", String.class, int.class, boolean.class)
            .invoke(response, location, status, clear);
      } catch (NoSuchMethodException e) {
        response.sendRedirect(location);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    };
  }

  private static void redirectByStatus(Object request, HttpServletResponse response)
      throws Exception {
    try {
      HttpServletResponse.class
          .getMethod("sendRedirect", String.class, int.class)
          .invoke(response, "other", 308);
    } catch (NoSuchMethodException e) {
      response.sendRedirect("other");
    }
  }

  private static void resetThenOther(Object request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Before", "1");
    response.setStatus(500);
    json(response).write(bytes(300));
    response.reset();
    json(response).print("{\"b\":2}");
  }

  private static void resetTo(HttpServletResponse response, String type) throws IOException {
    json(response).write(bytes(300));
    response.reset();
    response.setContentType(type);
    response.getWriter().print("other");
  }

  private static void resetFromHtml(Object request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html");
    response.getWriter().print("<p>");
    response.reset();
    json(response).print("{\"b\":2}");
  }

  private static void resetBufferThenOther(Object request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Before", "1");
    json(response).write(bytes(300));
    response.resetBuffer();
    json(response).print("{\"b\":2}");
  }

  private static void resetBufferOfWriter(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = WriterSamples.json(response);
    out.write("{\"a\":");
    response.resetBuffer();
    out.write("{\"b\":2}");
  }

  private static void resetWriterThenStream(Object request, HttpServletResponse response)
      throws IOException {
    WriterSamples.json(response).write("{\"a\":");
    response.reset();
    json(response).print("{\"b\":2}");
  }

  private static void resetStreamThenWriter(Object request, HttpServletResponse response)
      throws IOException {
    json(response).print("{\"a\":");
    response.reset();
    WriterSamples.json(response).write("{\"b\":2}");
  }

  private static void resetOldStream(Object request, HttpServletResponse response)
      throws IOException {
    ServletOutputStream out = json(response);
    out.print("{\"a\":");
    response.reset();
    response.setContentType("application/json");
    out.print("{\"b\":2}");
  }

  private static void resetOldWriter(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = WriterSamples.json(response);
    out.print("{\"a\":");
    response.reset();
    response.setContentType("application/json");
    out.print("{\"b\":2}");
  }

  private static void resetToOtherCharset(Object request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json;charset=iso-8859-1");
    response.getWriter().print("\u00fc");
    response.reset();
    response.setContentType("application/json;charset=utf-8");
    response.getWriter().print("\u00fc");
  }

  private static void resetAfterClose(Object request, HttpServletResponse response)
      throws IOException {
    json(response).print("{\"a\":1}");
    response.getOutputStream().close();
    try {
      response.reset();
    } catch (IllegalStateException e) {
      response.setHeader("X-Refused", "too late to be seen");
    }
  }

  private static void bufferSize(Object request, HttpServletResponse response) throws IOException {
    response.setBufferSize(64 * 1024);
    boolean enough = response.getBufferSize() >= 64 * 1024;
    json(response).print("{\"enough\":" + enough + "}");
  }

  private static void bufferSizeLate(Object request, HttpServletResponse response)
      throws IOException {
    json(response).print("[1]");
    try {
      response.setBufferSize(64 * 1024);
    } catch (IllegalStateException e) {
      response.setHeader("X-Refused", "yes");
    }
  }

  private static void flushFirst(Object request, HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.flushBuffer();
    response.setHeader("X-Late", "1");
    response.getOutputStream().print("{\"committed\":" + response.isCommitted() + "}");
  }

  private static void flushBufferInTheMiddle(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = WriterSamples.json(response);
    out.print("{\"a\":");
    response.flushBuffer();
    out.print("1}");
  }

  private static void flushBufferLast(Object request, HttpServletResponse response)
      throws IOException {
    json(response).print("{\"a\":1}");
    response.flushBuffer();
    response.setHeader("X-Late", "1");
  }

  private static void flushInTheMiddle(Object request, HttpServletResponse response)
      throws IOException {
    ServletOutputStream out = json(response);
    out.print("{\"a\":");
    out.flush();
    out.print("1}");
  }

  private static void flushWriterInTheMiddle(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = WriterSamples.json(response);
    out.print("{\"a\":");
    out.flush();
    out.print("1}");
  }

  private static void flushLast(Object request, HttpServletResponse response) throws IOException {
    json(response).print("{\"a\":1}");
    response.getOutputStream().flush();
  }

  private static void flushWriterLast(Object request, HttpServletResponse response)
      throws IOException {
    WriterSamples.json(response).print("{\"a\":1}");
    response.getWriter().flush();
  }

  private static void checkError(Object request, HttpServletResponse response) throws IOException {
    WriterSamples.json(response).print("{\"a\":1}");
    if (response.getWriter().checkError()) {
      throw new IOException("nothing is wrong");
    }
  }

  private static void committedAfterClose(Object request, HttpServletResponse response)
      throws IOException {
    json(response).print("{\"a\":1}");
    response.getOutputStream().close();
    if (!response.isCommitted()) {
      response.sendError(500, "A closed answer is committed");
    }
  }
}
