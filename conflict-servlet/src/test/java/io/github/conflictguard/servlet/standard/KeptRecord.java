package io.github.conflictguard.servlet.standard;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One record of an application that sends validators and judges none of them: what is refused was
 * refused in front of it.
 */
final class KeptRecord implements Handler {

  /** How the application answers a read. */
  enum Shape {
    JSON,
    HTML,
    NO_STORE,
    RANGES,
    LONG,
    LONG_DECLARED,
    FLUSHED,
    WRITER_FLUSHED
  }

  static final Instant TEN = Instant.parse("2020-01-01T10:00:00Z");

  /** More than the bufferLimit of the tests. */
  static final int LENGTH_OF_LONG = 40_000;

  final AtomicInteger writes = new AtomicInteger();
  final List<String> seen = new CopyOnWriteArrayList<>();
  volatile Shape shape = Shape.JSON;
  volatile @Nullable Instant modified = TEN;
  volatile @Nullable String tag;
  volatile String text = "0123456789";
  volatile int readStatus = 200;
  volatile boolean datedByWrites;

  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String method = request.getMethod();
    for (String name : new String[] {"If-Match", "If-None-Match", "If-Unmodified-Since"}) {
      String value = request.getHeader(name);
      if (value != null) {
        seen.add(method + " " + name + ": " + value);
      }
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      read(request, response);
    } else {
      writes.incrementAndGet();
      if (datedByWrites) {
        modified = Instant.now();
      }
      response.setStatus(204);
    }
  }

  private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (readStatus != 200) {
      response.sendError(readStatus);
      return;
    }
    if (tag != null) {
      response.setHeader("ETag", tag);
    }
    Instant date = modified;
    if (date != null) {
      response.setDateHeader("Last-Modified", date.toEpochMilli());
    }
    response.setContentType(shape == Shape.HTML ? "text/html" : "application/json");
    if (shape == Shape.NO_STORE) {
      response.setHeader("Cache-Control", "no-store");
    }
    if (shape == Shape.RANGES) {
      response.setHeader("Accept-Ranges", "bytes");
    }
    byte[] body = body();
    if (shape == Shape.LONG_DECLARED) {
      response.setContentLength(body.length);
    }
    String range = request.getHeader("Range");
    if (range != null) {
      part(range, body, response);
    } else if (shape == Shape.WRITER_FLUSHED) {
      response.getWriter().print(text.charAt(0));
      response.getWriter().flush();
      response.flushBuffer();
      response.getWriter().print(text.substring(1));
    } else {
      response.getOutputStream().write(body, 0, 1);
      if (shape == Shape.FLUSHED) {
        response.flushBuffer();
      }
      for (int i = 1; i < body.length; i += 1000) {
        response.getOutputStream().write(body, i, Math.min(1000, body.length - i));
      }
    }
  }

  /** The first bytes, whatever is asked for, or 416. */
  private static void part(String range, byte[] body, HttpServletResponse response)
      throws IOException {
    if (!range.equals("bytes=0-3")) {
      response.setHeader("Content-Range", "bytes */" + body.length);
      response.sendError(416);
      return;
    }
    response.setStatus(206);
    response.setHeader("Content-Range", "bytes 0-3/" + body.length);
    response.getOutputStream().write(body, 0, 4);
  }

  private byte[] body() {
    boolean isLong = shape == Shape.LONG || shape == Shape.LONG_DECLARED;
    return (isLong ? "x".repeat(LENGTH_OF_LONG) : text).getBytes(StandardCharsets.US_ASCII);
  }
}
