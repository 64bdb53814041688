package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.bytes;
import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/** Exceptions that are no conflict, before and after output. */
final class FailureSamples {

  private FailureSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .untagged("failure-unchecked", (q, r) -> fail(() -> new IllegalArgumentException("x")))
        .untagged("failure-io", (q, r) -> fail(() -> new IOException("x")))
        .untagged("failure-checked", (q, r) -> fail(() -> new Exception("x")))
        .untagged("failure-error", (q, r) -> fail(() -> new LinkageError("x")))
        .untagged("failure-servlet", (q, r) -> fail(() -> new ServletException("x")))
        .untagged("failure-wrapped", (q, r) -> fail(() -> wrapped()))
        .untagged("failure-after-output", afterOutput(300))
        .untagged("failure-after-written-output", FailureSamples::afterWriter)
        .untagged("failure-after-much-output", afterOutput(90_000))
        .untagged("failure-after-html", FailureSamples::afterHtml)
        .untagged("failure-after-flush-buffer", FailureSamples::afterFlush)
        .tagged("failure-after-close", FailureSamples::afterClose)
        .tagged("failure-after-close-of-a-writer", FailureSamples::afterWriterClose);
  }

  private static Exception wrapped() {
    return new ServletException(new IllegalStateException("x"));
  }

  private static void fail(Supplier<Throwable> failure) throws Throwable {
    throw failure.get();
  }

  private static Handler afterOutput(int length) {
    return (request, response) -> {
      response.setHeader("X-Before", "1");
      json(response).write(bytes(length));
      throw new IllegalArgumentException("x");
    };
  }

  private static void afterWriter(Object request, HttpServletResponse response) throws IOException {
    WriterSamples.json(response).write("{\"a\":");
    throw new IOException("x");
  }

  private static void afterHtml(Object request, HttpServletResponse response) throws IOException {
    response.setContentType("text/html");
    response.getWriter().write("<p>");
    throw new IllegalArgumentException("x");
  }

  private static void afterFlush(Object request, HttpServletResponse response) throws IOException {
    json(response).write(bytes(300));
    response.flushBuffer();
    throw new IllegalArgumentException("x");
  }

  private static void afterClose(Object request, HttpServletResponse response) throws IOException {
    json(response).write(bytes(300));
    response.getOutputStream().close();
    throw new IllegalArgumentException("x");
  }

  private static void afterWriterClose(Object request, HttpServletResponse response)
      throws IOException {
    WriterSamples.json(response).write("{\"a\":1}");
    response.getWriter().close();
    throw new IllegalArgumentException("x");
  }
}
