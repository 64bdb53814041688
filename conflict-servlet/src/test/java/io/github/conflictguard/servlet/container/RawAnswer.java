package io.github.conflictguard.servlet.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it crossed the wire; of the body, the bytes without their chunk sizes.
 *
 * @param end how the body ended: by length, by last chunk with its trailers, by close, or cut short
 */
public record RawAnswer(String statusLine, List<String> headers, byte[] body, String end) {

  /** Reads one answer, up to where its framing says that it ends. */
  public static RawAnswer read(InputStream in, boolean head) throws IOException {
    String statusLine = line(in);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String end = "cut short";
    try {
      end = readBody(in, body, head, statusLine, headers);
    } catch (SocketException e) {
      // The server reset the connection: cut short.
    }
    return new RawAnswer(statusLine, headers, body.toByteArray(), end);
  }

  private static String readBody(
      InputStream in,
      ByteArrayOutputStream body,
      boolean head,
      String statusLine,
      List<String> headers)
      throws IOException {
    String status = statusLine.split(" ")[1];
    if (head || status.equals("204") || status.equals("304")) {
      return "no body";
    }
    if ("chunked".equals(header(headers, "Transfer-Encoding"))) {
      return readChunks(in, body);
    }
    String length = header(headers, "Content-Length");
    if (length == null) {
      in.transferTo(body);
      return "by close";
    }
    body.writeBytes(in.readNBytes(Integer.parseInt(length)));
    return body.size() == Integer.parseInt(length) ? "by length" : "cut short";
  }

  private static String readChunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    while (true) {
      String size = line(in);
      if (size.isEmpty()) {
        return "cut short";
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        StringBuilder trailers = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          trailers.append(' ').append(line);
        }
        return "by last chunk" + trailers;
      }
      body.writeBytes(in.readNBytes(length));
      line(in);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /** The first value of a header; null when there is none. */
  public @Nullable String header(String name) {
    return header(headers, name);
  }

  private static @Nullable String header(List<String> headers, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ": ";
    for (String line : headers) {
      if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
        return line.substring(start.length());
      }
    }
    return null;
  }

  /** The body with every byte as one character. */
  public String text() {
    return new String(body, ISO_8859_1);
  }
}
