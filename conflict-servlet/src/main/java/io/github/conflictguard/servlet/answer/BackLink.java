package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.servlet.request.LocalAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The page from which a request was sent, according to its browser. */
public final class BackLink {

  private BackLink() {}

  /**
   * Returns path and query of that page.
   *
   * @return null when the browser does not send it, or the page is on another server
   */
  public static @Nullable String of(HttpServletRequest request) {
    String referer = request.getHeader("Referer");
    String host = request.getHeader("Host");
    if (referer == null || host == null) {
      return null;
    }
    try {
      URI page = new URI(referer);
      String path = page.getRawPath();
      if (!host.equalsIgnoreCase(page.getRawAuthority()) || !LocalAddress.isLocal(path)) {
        return null;
      }
      String query = page.getRawQuery();
      return query == null ? path : path + '?' + query;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
