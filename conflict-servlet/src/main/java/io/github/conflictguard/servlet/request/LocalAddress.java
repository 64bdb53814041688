package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of requests to URLs that the filter prints or sends itself: paths of this web
 * application that browsers cannot mistake for another server. A path as sent by the client is
 * unsafe: {@code //host/..;/save} is a path to a container, but a host to a browser.
 */
public final class LocalAddress {

  /** The characters of RFC 3986, 3.3, that need no escaping in a path, and the percent sign. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/%";

  private static final Pattern PARAMETER = Pattern.compile(";([^;/=]*)=([^;/]*)");

  private LocalAddress() {}

  /**
   * Returns the path of a request, encoded: as it was sent if that is a plain path, and otherwise
   * the context path with the path that the container has normalized.
   */
  public static String pathOf(HttpServletRequest request) {
    String sent = SentAddress.path(request);
    return sent != null && isNormal(sent) ? sent : rebuilt(request);
  }

  /**
   * Returns that path for responses, the log and the monitor: without the identifier of a session
   * ({@code ;jsessionid=}), which would let its reader act as the user.
   */
  public static String shownPathOf(HttpServletRequest request) {
    String path = pathOf(request);
    if (path.indexOf(';') < 0) {
      return path;
    }
    String session = request.getRequestedSessionId();
    StringBuffer shown = new StringBuffer(path.length());
    Matcher parameter = PARAMETER.matcher(path);
    while (parameter.find()) {
      boolean secret =
          parameter.group(1).equalsIgnoreCase("jsessionid") || parameter.group(2).equals(session);
      parameter.appendReplacement(shown, secret ? "" : Matcher.quoteReplacement(parameter.group()));
    }
    return parameter.appendTail(shown).toString();
  }

  /** Returns that path with the query, if there is one. */
  public static String of(HttpServletRequest request) {
    String query = SentAddress.query(request);
    String path = pathOf(request);
    return query == null ? path : path + '?' + escaped(query);
  }

  /** Escapes the characters that are not allowed in the query of a URL, and keeps all others. */
  public static String escaped(String query) {
    StringBuilder escaped = new StringBuilder(query.length());
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '#') {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Returns whether a URL is a path of the same server, for every browser. */
  public static boolean isLocal(@Nullable String address) {
    if (address == null || !address.startsWith("/")) {
      return false;
    }
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c < ' ' || c == 0x7F || c == '\\') {
        return false;
      }
    }
    return !address.startsWith("//");
  }

  /** Returns whether browsers, proxies and containers interpret a path in the same way. */
  private static boolean isNormal(String path) {
    if (!path.startsWith("/") || path.contains("//")) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && PLAIN.indexOf(c) < 0) {
        return false;
      }
    }
    if (path.indexOf('.') < 0 && path.indexOf('%') < 0 && path.indexOf(';') < 0) {
      return true;
    }
    for (String segment : path.split("/", -1)) {
      String name = segment.split(";", 2)[0].replace("%2E", ".").replace("%2e", ".");
      if (name.equals(".") || name.equals("..") || (name.isEmpty() && !segment.isEmpty())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Builds the path. The context path is not that of the request, which is spelled by the client.
   */
  private static String rebuilt(HttpServletRequest request) {
    String inside = SentAddress.decodedPath(request);
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : inside.replace('\\', '/').split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(encoded(segment));
      }
    }
    boolean folder = inside.endsWith("/") && !segments.isEmpty();
    String context = request.getServletContext().getContextPath();
    String path = context + '/' + String.join("/", segments) + (folder ? "/" : "");
    return isLocal(path) ? path : "/";
  }

  private static String encoded(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || (c < 128 && c != '%' && c != '/' && c != ';' && PLAIN.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return encoded.toString();
  }
}
