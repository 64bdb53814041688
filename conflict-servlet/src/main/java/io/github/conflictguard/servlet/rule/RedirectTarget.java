package io.github.conflictguard.servlet.rule;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The normalized target of a redirect. */
public final class RedirectTarget {

  private static final Pattern WITH_HOST =
      Pattern.compile("(?:[A-Za-z][\\w+.-]*:)?//([^/?#]*)(.*)");
  private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/?]*");

  private RedirectTarget() {}

  /**
   * Returns the path and the query inside the web application, without session identifier and
   * fragment; the whole address if it is on another server.
   *
   * @param location the value that the application passed to {@code sendRedirect} or set as the
   *     header
   */
  public static String of(HttpServletRequest request, String location) {
    String target = location.split("#", 2)[0];
    Matcher withHost = WITH_HOST.matcher(target);
    if (withHost.matches()) {
      String host = withHost.group(1).replaceFirst(":\\d*$", "");
      if (!host.equalsIgnoreCase(request.getServerName())) {
        return target;
      }
      target = withHost.group(2).startsWith("/") ? withHost.group(2) : "/" + withHost.group(2);
    } else if (!target.startsWith("/")) {
      target = resolve(request.getRequestURI(), target);
    }
    String context = request.getContextPath();
    if (target.startsWith(context + "/")) {
      target = target.substring(context.length());
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return PATH_PARAMETERS.matcher(path).replaceAll("")
        + (query < 0 ? "" : target.substring(query));
  }

  private static String resolve(String from, String relative) {
    if (relative.isEmpty() || relative.startsWith("?")) {
      // RFC 3986, 5.2.2: the same path. The JDK still implements its predecessor.
      return from + relative;
    }
    try {
      return URI.create(from).resolve(relative).toString();
    } catch (IllegalArgumentException e) {
      // Applications use blanks and braces in addresses; containers send them unchanged.
      return from.substring(0, from.lastIndexOf('/') + 1) + relative;
    }
  }
}
