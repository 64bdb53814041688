package io.github.conflictguard.servlet.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client without a mind of its own: one connection, every byte as it came. */
public final class RawClient implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    // So that a server that never answers is a failed test and not a build that hangs.
    socket.setSoTimeout(60_000);
    // Head and body are sent by two writes, the second of which would wait for 40 milliseconds.
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** Sends a request line and headers; the protocol is {@code HTTP/1.0} or {@code HTTP/1.1}. */
  public RawClient ask(String method, String path, String protocol, String... headerLines)
      throws IOException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(" /app").append(path).append(' ').append(protocol);
    request.append("\r\nHost: office.example\r\n");
    for (String line : headerLines) {
      request.append(line).append("\r\n");
    }
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    return this;
  }

  /** Sends characters as bytes: a body, or a request that no other client would send. */
  public RawClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /** Reads one answer, up to where its framing says that it ends. */
  public RawAnswer answer(String method) throws IOException {
    return RawAnswer.read(in, method.equals("HEAD"));
  }

  /** Reads until these characters have come. */
  public String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("The answer ended before '" + end + "': " + text);
      }
      text.append((char) b);
    }
    return text.toString();
  }

  /** Whether the server is still there for a second request on this connection. */
  public boolean answersAgain() throws IOException {
    try {
      ask("GET", "/again", "HTTP/1.1", "Connection: close");
      return new String(in.readAllBytes(), ISO_8859_1).startsWith("HTTP/1.1 ");
    } catch (SocketException e) {
      return false;
    }
  }

  /** Cuts the connection: the server gets a reset in place of an end. */
  public void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
