package io.github.conflictguard.servlet.form;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an address in a page leads (RFC 3986, 5.2, as browsers do it). */
final class LinkTarget {

  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
  private static final Pattern HTTP = Pattern.compile("(?i:https?)://.*", Pattern.DOTALL);

  private LinkTarget() {}

  /**
   * The path and the query of an address in a page; null when it is that of another server, or not
   * one of a server at all.
   *
   * @param page the address of the page: path and query, or a whole URL
   * @param base the address that the page gives as base of the others; null when it gives none
   * @param address as the page says it
   */
  static @Nullable String of(String page, @Nullable String base, String address) {
    String server = serverOf(page);
    String from = page.substring(server.length());
    String known = from.startsWith("/") ? from : "/" + from;
    if (address.isEmpty()) {
      return withoutFragment(known);
    }
    String start = base == null ? known : resolve(known, server, base.trim());
    return start == null ? null : resolve(start, server, address.trim());
  }

  private static @Nullable String resolve(String from, String server, String address) {
    if (SCHEME.matcher(address).matches() && !HTTP.matcher(address).matches()) {
      return null;
    }
    String there = address.startsWith("//") ? "http:" + address : address;
    String otherServer = serverOf(there);
    if (otherServer.isEmpty()) {
      return onServer(from, withoutFragment(address));
    }
    String host = otherServer.substring(otherServer.indexOf("//"));
    boolean same =
        !server.isEmpty() && host.equalsIgnoreCase(server.substring(server.indexOf("//")));
    return same ? onServer("/", withoutFragment(there.substring(otherServer.length()))) : null;
  }

  /** Scheme and host of a whole URL; empty when there are none. */
  private static String serverOf(String address) {
    if (!HTTP.matcher(address).matches()) {
      return "";
    }
    int end = address.indexOf("//") + 2;
    while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    return address.substring(0, end);
  }

  private static String onServer(String from, String address) {
    if (address.isEmpty()) {
      return from;
    }
    int question = address.indexOf('?');
    String path = question < 0 ? address : address.substring(0, question);
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
      if (all[i].equals("..")) {
        segments.pollLast();
      } else if (!all[i].equals(".")) {
        segments.addLast(all[i]);
      }
      if (last && (all[i].equals("..") || all[i].equals("."))) {
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
