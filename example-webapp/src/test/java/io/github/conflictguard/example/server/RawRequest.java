package io.github.conflictguard.example.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A request byte by byte, for what no client library would send. */
public final class RawRequest {

  private final byte[] bytes;

  private RawRequest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Makes a request that ends its connection.
   *
   * @param headers the lines as they are, in Latin-1, without the last line end; may be ""
   */
  public static RawRequest of(String method, String path, String headers, byte[] body) {
    String head =
        method
            + " /"
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n")
            + (body.length == 0 ? "" : "Content-Type: application/json\r\n")
            + (headers.isEmpty() ? "" : headers + "\r\n")
            + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return new RawRequest(request.toByteArray());
  }

  /** The same without its last bytes. */
  public RawRequest brokenOff(int missing) {
    return new RawRequest(Arrays.copyOf(bytes, bytes.length - missing));
  }

  /** Sends it, ends the sending, and returns what comes back; "" when nothing does. */
  public String send(URI server) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return ""; // The container has closed the connection on us.
    }
  }
}
