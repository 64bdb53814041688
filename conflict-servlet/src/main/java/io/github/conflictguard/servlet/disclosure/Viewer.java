package io.github.conflictguard.servlet.disclosure;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** Distinguishes clients by session, user and credentials, or by address where there are none. */
final class Viewer {

  private Viewer() {}

  /** Returns the name of the client of a request, which is never logged or stored in plain text. */
  static String of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    String user = request.getRemoteUser();
    String credentials = request.getHeader("Authorization");
    if (session == null && user == null && credentials == null) {
      return "address\n" + request.getRemoteAddr();
    }
    return part(session == null ? null : session.getId()) + part(user) + part(credentials);
  }

  /** Returns text prefixed with its length, so that different parts never produce the same name. */
  private static String part(@Nullable String text) {
    return text == null ? "-\n" : text.length() + ":" + text + '\n';
  }
}
