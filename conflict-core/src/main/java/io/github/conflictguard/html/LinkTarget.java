package io.github.conflictguard.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an address in a page as browsers do (URL standard, 4.4): a backslash counts as a slash,
 * tabs and line breaks are ignored, and an address that browsers could resolve differently counts
 * as external.
 */
public final class LinkTarget {

  private LinkTarget() {}

  /**
   * Returns the path and the query of an address in a page; null when it is that of another server,
   * or not an address of a server.
   *
   * @param page the address of the page: path and query, or a whole URL
   * @param base the address of the page's base URL; null when it declares none
   * @param address as written in the page
   */
  public static @Nullable String of(String page, @Nullable String base, String address) {
    String server = serverOf(page);
    String from = page.substring(server.length());
    String known = from.startsWith("/") ? from : "/" + from;
    String start = base == null ? known : resolve(known, server, base);
    return start == null ? null : resolve(withoutFragment(start), server, address);
  }

  private static @Nullable String resolve(String from, String server, String address) {
    String url = cleaned(address);
    int colon = endOfScheme(url);
    if (colon < 0) {
      return startsWithHost(url)
          ? onSameServer(server, schemeOf(server), url)
          : onServer(from, withoutFragment(url));
    }
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = url.substring(colon + 1);
    boolean http = scheme.equals("http") || scheme.equals("https");
    // Without slashes it is a path or a host, depending on the scheme of the page.
    return http && startsWithHost(rest) ? onSameServer(server, scheme, rest) : null;
  }

  /**
   * Returns the path of an address on the same server; null for another server. An unencrypted
   * address is never on the server of an encrypted page.
   */
  private static @Nullable String onSameServer(String server, String scheme, String slashes) {
    int host = 0;
    while (host < slashes.length() && isSlash(slashes.charAt(host))) {
      host++;
    }
    int end = host;
    while (end < slashes.length() && "/\\?#".indexOf(slashes.charAt(end)) < 0) {
      end++;
    }
    String pageScheme = schemeOf(server);
    boolean same =
        !server.isEmpty()
            && withoutPort(slashes.substring(host, end), scheme)
                .equalsIgnoreCase(
                    withoutPort(server.substring(server.indexOf("//") + 2), pageScheme))
            && !(pageScheme.equals("https") && scheme.equals("http"));
    return same ? onServer("/", withoutFragment(slashes.substring(end))) : null;
  }

  /** Returns the scheme and host of a page's URL; empty when it is a path. */
  private static String serverOf(String page) {
    int end = page.startsWith("/") ? -1 : page.indexOf("://");
    if (end < 0) {
      return "";
    }
    end += 3;
    while (end < page.length() && "/?#".indexOf(page.charAt(end)) < 0) {
      end++;
    }
    return page.substring(0, end);
  }

  private static String schemeOf(String server) {
    return server.substring(0, Math.max(0, server.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  private static String withoutPort(String host, String scheme) {
    String usual = scheme.equals("https") ? ":443" : ":80";
    return host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
  }

  private static String cleaned(String address) {
    StringBuilder clean = new StringBuilder(address.length());
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c != '\t' && c != '\n' && c != '\r') {
        clean.append(c);
      }
    }
    return clean.toString().trim();
  }

  /** Returns the index of the colon behind the scheme; negative when there is no scheme. */
  private static int endOfScheme(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ':') {
        return i == 0 ? -1 : i;
      }
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0))) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean startsWithHost(String url) {
    return url.length() > 1 && isSlash(url.charAt(0)) && isSlash(url.charAt(1));
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  private static String onServer(String from, String address) {
    if (address.isEmpty()) {
      return from;
    }
    int question = address.indexOf('?');
    String path = (question < 0 ? address : address.substring(0, question)).replace('\\', '/');
    String query = question < 0 ? "" : address.substring(question);
    int fromQuestion = from.indexOf('?');
    String fromPath = fromQuestion < 0 ? from : from.substring(0, fromQuestion);
    if (path.isEmpty()) {
      return fromPath + query;
    }
    return withoutDots(
            path.startsWith("/")
                ? path
                : fromPath.substring(0, fromPath.lastIndexOf('/') + 1) + path)
        + query;
  }

  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String[] all = path.split("/", -1);
    for (int i = 1; i < all.length; i++) {
      boolean last = i == all.length - 1;
      String plain = all[i].replace("%2e", ".").replace("%2E", ".");
      if (plain.equals("..")) {
        segments.pollLast();
      } else if (!plain.equals(".")) {
        segments.addLast(all[i]);
      }
      if (last && (plain.equals("..") || plain.equals("."))) {
        segments.addLast("");
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String withoutFragment(String address) {
    int fragment = address.indexOf('#');
    return fragment < 0 ? address : address.substring(0, fragment);
  }
}
