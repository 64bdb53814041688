package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.disclosure.ReadRights;
import io.github.conflictguard.servlet.disclosure.Resource;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a response to the client may contain of an internal GET, or of a state that is known
 * without one. Thread-safe.
 */
final class Disclosure {

  private final ReadRights rights;

  Disclosure(ReadRights rights) {
    this.rights = rights;
  }

  /** Returns whether the state of the target resource may be disclosed to the client. */
  boolean mayShowState(Exchange exchange) {
    return rights.mayShow(exchange.request, resource(exchange));
  }

  /**
   * Returns whether the original and current values of the submitted form may be disclosed to the
   * client. This is so if the application has served the form to the same session or user, or
   * serves it to all clients.
   */
  boolean mayShowValues(Exchange exchange, Forms forms, @Nullable SubmittedToken carried) {
    if (carried == null) {
      return false;
    }
    Resource page = resource(exchange);
    if (!carried.isValid()) {
      // The session may have been replaced by another one, which has been served the page again.
      return forms.wasServed(exchange.request, exchange.target, carried)
          && !rights.wasRefused(exchange.request, page);
    }
    return forms.isBound(carried)
        ? !rights.wasRefused(exchange.request, page)
        : rights.isOpen(exchange.request, page);
  }

  /** Records the application's response to a GET. Called when its chain has returned. */
  void answered(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    if (!request.getMethod().equals("GET")) {
      // A filter or a constraint may allow HEAD and not GET.
      return;
    }
    OnRequestComplete.orNow(
        request,
        () -> {
          int status = exchange.response.getStatus();
          boolean page = exchange.page != null;
          rights.answered(request, atOwnAddress(exchange), status, page);
          if (exchange.policy.isOfRule()) {
            rights.answered(request, atPath(exchange, pathOf(request)), status, page);
          }
        });
  }

  private static Resource resource(Exchange exchange) {
    String elsewhere = exchange.readTarget();
    if (elsewhere == null) {
      return atOwnAddress(exchange);
    }
    int query = elsewhere.indexOf('?');
    String path = query < 0 ? elsewhere : elsewhere.substring(0, query);
    return atPath(exchange, QueryParameters.decodePath(path));
  }

  private static Resource atOwnAddress(Exchange exchange) {
    String query = exchange.request.getQueryString();
    return new Resource(
        exchange.target.key().toString(),
        pathOf(exchange.request),
        '?' + (query == null ? "" : query));
  }

  /**
   * Names the resource at a path. Under a rule the key identifies it, whatever else the query
   * contains.
   */
  private static Resource atPath(Exchange exchange, String path) {
    return new Resource(exchange.target.key().toString(), path, "");
  }

  private static String pathOf(HttpServletRequest request) {
    return RequestPath.keyOf(request).toString();
  }
}
