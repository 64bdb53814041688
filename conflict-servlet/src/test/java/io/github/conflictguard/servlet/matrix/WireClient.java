package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One connection, and another one when the server has closed it; headers come as whole lines. */
final class WireClient implements AutoCloseable {

  private final int port;
  private Socket socket;
  private InputStream in;

  WireClient(int port) throws IOException {
    this.port = port;
    connect();
  }

  private void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    // So that a server that never answers is a failed test and not a build that hangs.
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a request without a body. */
  RawAnswer send(String method, String path, String... headers) throws IOException {
    return sendBody(method, path, "", headers);
  }

  /** Sends a request with a body, in UTF-8. */
  RawAnswer sendBody(String method, String path, String body, String... headers)
      throws IOException {
    request(method, path, body.getBytes(UTF_8), headers);
    RawAnswer answer = RawAnswer.read(in, method.equals("HEAD"));
    if ("close".equalsIgnoreCase(answer.header("Connection"))) {
      socket.close();
      connect();
    }
    return answer;
  }

  /** Sends a request whose answer is chunked and too long to keep, and counts its bytes. */
  long count(String path) throws IOException {
    request("GET", path, new byte[0]);
    while (!line().isEmpty()) {
      // The status and the headers do not count.
    }
    long length = 0;
    for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
      in.skipNBytes(chunk);
      length += chunk;
      line();
    }
    return length;
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString().trim();
  }

  private void request(String method, String path, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (!method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    socket.getOutputStream().write(request);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
