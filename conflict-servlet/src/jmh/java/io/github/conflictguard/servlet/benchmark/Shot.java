package io.github.conflictguard.servlet.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request that is sent again and again, each time for any of so many resources. */
final class Shot {

  final String name;
  final int connections;
  final int resources;
  final int status;
  private final String method;
  private final String path;
  private final String header;
  private final byte[] before;
  private final byte[] after;

  private Shot(
      String name,
      String method,
      String path,
      String header,
      int connections,
      int resources,
      int status) {
    this.name = name;
    this.method = method;
    this.path = path;
    this.header = header;
    this.connections = connections;
    this.resources = resources;
    this.status = status;
    String body = method.equals("PUT") ? "{\"name\": \"" + "x".repeat(180) + "\"}" : "";
    this.before = (method + " " + path).getBytes(StandardCharsets.US_ASCII);
    this.after =
        (" HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: benchmark\r\n"
                + (header.isEmpty() ? "" : header + "\r\n")
                + (body.isEmpty()
                    ? ""
                    : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
                + "\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  static Shot get(String name, String path) {
    return new Shot(name, "GET", path, "", 16, 1000, 200);
  }

  Shot put() {
    return new Shot(name, "PUT", path, header, connections, resources, 204);
  }

  Shot header(String line) {
    return new Shot(name, method, path, line, connections, resources, status);
  }

  Shot connections(int count) {
    return new Shot(name, method, path, header, count, resources, status);
  }

  Shot resources(int count) {
    return new Shot(name, method, path, header, connections, count, status);
  }

  Shot status(int expected) {
    return new Shot(name, method, path, header, connections, resources, expected);
  }

  void write(ByteBuffer out, int resource) {
    out.put(before);
    if (path.endsWith("/")) {
      out.put(String.valueOf(resource).getBytes(StandardCharsets.US_ASCII));
    }
    out.put(after);
  }

  @Override
  public String toString() {
    return method + " " + path + " " + header;
  }
}
