package io.github.conflictguard.example.readme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code curl -i} command line, carried out over a socket, because a machine may have no curl and
 * because no library then stands between the bytes and the test.
 */
public final class CurlCommand {

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final List<String> headers = new ArrayList<>(List.of("Accept: */*"));
  private String method = "GET";
  private URI address = URI.create("");
  private String body = "";

  private CurlCommand() {}

  /** Reads a line that begins with {@code $ curl -i}; fails on options that it does not know. */
  public static CurlCommand parse(String line) {
    CurlCommand command = new CurlCommand();
    Iterator<String> words = words(line).iterator();
    List<String> start = List.of(words.next(), words.next(), words.next());
    if (!start.equals(List.of("$", "curl", "-i"))) {
      throw new AssertionError("no command: " + line);
    }
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "-X" -> command.method = words.next();
        case "-H" -> command.headers.add(words.next());
        case "-d" -> command.body = words.next();
        default -> command.address = URI.create(word);
      }
    }
    return command;
  }

  /**
   * Sends the request to a server, whatever host and port the line names, and returns the answer as
   * curl prints it.
   */
  public String send(URI server) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
      return read(socket.getInputStream());
    }
  }

  private String request() {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(address.getPath()).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(address.getAuthority()).append("\r\n");
    headers.forEach(header -> request.append(header).append("\r\n"));
    if (!body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      request.append("Content-Length: ").append(length).append("\r\n");
    }
    return request.append("\r\n").append(body).toString();
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    Matcher length = Pattern.compile("(?m)^Content-Length: (\\d+)$").matcher(text);
    byte[] content = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return text + new String(content, StandardCharsets.UTF_8);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
