package io.github.conflictguard.servlet.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.CharConversionException;
import java.io.IOException;

/** Bodies by the output stream: their content, their size, and the stream's many ways to print. */
final class StreamSamples {

  private StreamSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .tagged(
            "stream-of-json", (q, r) -> json(r).write("{\"n\":\"M\u00fcller\"}".getBytes(UTF_8)))
        .tagged("stream-by-single-bytes", (q, r) -> writeSingly(json(r), "{\"a\":1}"))
        .tagged("stream-of-nothing", (q, r) -> json(r).write(new byte[0]))
        .tagged("stream-asked-for-only", (q, r) -> json(r))
        .tagged("stream-closed", (q, r) -> closeAfter(json(r), "{\"a\":1}"))
        .tagged("stream-closed-while-empty", (q, r) -> json(r).close())
        .tagged("stream-written-after-close", StreamSamples::writeAfterClose)
        .tagged("stream-closed-twice", (q, r) -> closeTwice(json(r)))
        .tagged("stream-prints-ascii", (q, r) -> json(r).print("{\"a\":1}"))
        .tagged("stream-prints-values", (q, r) -> printValues(json(r)))
        .untagged("stream-prints-latin", (q, r) -> print(r, "utf-8", "caf\u00e9"))
        .untagged("stream-prints-more-than-latin", (q, r) -> print(r, "utf-8", "\u20ac 5"))
        .taggedOrNot("stream-prints-in-utf-16", (q, r) -> print(r, "utf-16be", "abc"))
        .taggedOrNot("stream-prints-latin-after-bytes", StreamSamples::printAfterBytes)
        .tagged("stream-of-a-small-body", (q, r) -> json(r).write(bytes(5_000)))
        .taggedAndReframed("stream-in-one-piece", (q, r) -> json(r).write(bytes(20_000)))
        .taggedAndReframed("stream-one-below-the-limit", (q, r) -> json(r).write(bytes(39_999)))
        .taggedAndReframed("stream-at-the-limit", (q, r) -> json(r).write(bytes(40_000)))
        .untagged("stream-one-above-the-limit", (q, r) -> json(r).write(bytes(40_001)))
        .taggedAndReframed("stream-in-pieces-to-the-limit", (q, r) -> pieces(json(r), 40))
        .untagged("stream-in-pieces-beyond-the-limit", (q, r) -> pieces(json(r), 41))
        .untagged("stream-of-3-megabytes", (q, r) -> pieces(json(r), 3_000))
        .untagged("stream-of-html", (q, r) -> stream(r, "text/html").write(bytes(50)))
        .untagged("stream-without-type", (q, r) -> r.getOutputStream().write(bytes(50)))
        .untagged("stream-of-multipart", (q, r) -> stream(r, "multipart/mixed").write(bytes(50)))
        .tagged("stream-of-a-form", (q, r) -> form(r).write("a=1&b=2".getBytes(UTF_8)))
        .tagged("stream-of-any-bytes", (q, r) -> stream(r, "image/png").write(allBytes()))
        .tagged("stream-then-writer", StreamSamples::writerAfterStream);
  }

  static ServletOutputStream json(HttpServletResponse response) throws IOException {
    return stream(response, "application/json");
  }

  private static ServletOutputStream stream(HttpServletResponse response, String type)
      throws IOException {
    response.setContentType(type);
    return response.getOutputStream();
  }

  private static ServletOutputStream form(HttpServletResponse response) throws IOException {
    return stream(response, "application/x-www-form-urlencoded");
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + i % 26);
    }
    return bytes;
  }

  private static byte[] allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static void writeSingly(ServletOutputStream out, String text) throws IOException {
    for (byte b : text.getBytes(UTF_8)) {
      out.write(b);
    }
  }

  private static void closeAfter(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.close();
  }

  private static void closeTwice(ServletOutputStream out) throws IOException {
    closeAfter(out, "{}");
    out.close();
  }

  private static void writeAfterClose(Object request, HttpServletResponse response)
      throws IOException {
    ServletOutputStream out = json(response);
    closeAfter(out, "{}");
    try {
      out.write('x');
    } catch (IOException e) {
      // Jetty says so, Tomcat does not.
    }
  }

  private static void printValues(ServletOutputStream out) throws IOException {
    out.print(true);
    out.print('c');
    out.print(1);
    out.print(2L);
    out.print(1.5f);
    out.print(2.5d);
    out.println();
    out.println("text");
    out.println(false);
    out.println('d');
    out.println(3);
    out.println(4L);
    out.println(3.5f);
    out.println(4.5d);
  }

  private static void print(HttpServletResponse response, String charset, String text)
      throws IOException {
    response.setCharacterEncoding(charset);
    ServletOutputStream out = json(response);
    out.print("[");
    try {
      out.print(text);
      out.println(text);
    } catch (CharConversionException e) {
      out.print("refused");
    }
    out.print("]");
  }

  private static void printAfterBytes(Object request, HttpServletResponse response)
      throws IOException {
    ServletOutputStream out = json(response);
    out.write(bytes(10));
    out.println("caf\u00e9");
    out.write(bytes(10));
  }

  private static void pieces(ServletOutputStream out, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      out.write(bytes(1_000));
    }
  }

  private static void writerAfterStream(Object request, HttpServletResponse response)
      throws IOException {
    ServletOutputStream out = json(response);
    try {
      response.getWriter();
    } catch (IllegalStateException e) {
      out.print("refused");
    }
  }
}
