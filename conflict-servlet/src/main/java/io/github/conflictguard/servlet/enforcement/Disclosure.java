package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.disclosure.ReadRights;
import io.github.conflictguard.servlet.disclosure.Resource;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.rule.RuleMatch;
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
    return rights.mayShow(
        exchange.request, resource(exchange.request, exchange.target, exchange.readTarget()));
  }

  /**
   * Returns whether the original and current values of the submitted form may be disclosed to the
   * client. This is so if the application has served the form to the same session or user, or
   * serves it to all clients.
   */
  boolean mayShowValues(
      HttpServletRequest request, RuleMatch target, Forms forms, @Nullable SubmittedToken carried) {
    if (carried == null) {
      return false;
    }
    Resource page = resource(request, target, target.readTarget(carried.page()));
    if (!carried.isValid()) {
      // The session may have been replaced by another one, which has been served the page again.
      return forms.wasServed(request, target, carried) && !rights.wasRefused(request, page);
    }
    return carried.isBound() ? !rights.wasRefused(request, page) : rights.isOpen(request, page);
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
          rights.answered(request, atOwnAddress(request, exchange.target), status, page);
          if (exchange.policy.isOfRule()) {
            rights.answered(request, atPath(exchange.target, pathOf(request)), status, page);
          }
        });
  }

  /**
   * Names the resource that an internal GET reads.
   *
   * @param elsewhere its address; null when it is the request's own
   */
  private static Resource resource(
      HttpServletRequest request, RuleMatch target, @Nullable String elsewhere) {
    if (elsewhere == null) {
      return atOwnAddress(request, target);
    }
    int query = elsewhere.indexOf('?');
    String path = query < 0 ? elsewhere : elsewhere.substring(0, query);
    return atPath(target, QueryParameters.decodePath(path));
  }

  private static Resource atOwnAddress(HttpServletRequest request, RuleMatch target) {
    String query = request.getQueryString();
    return new Resource(
        target.key().toString(), pathOf(request), '?' + (query == null ? "" : query));
  }

  /**
   * Names the resource at a path. Under a rule the key identifies it, whatever else the query
   * contains.
   */
  private static Resource atPath(RuleMatch target, String path) {
    return new Resource(target.key().toString(), path, "");
  }

  private static String pathOf(HttpServletRequest request) {
    return RequestPath.keyOf(request).toString();
  }
}
