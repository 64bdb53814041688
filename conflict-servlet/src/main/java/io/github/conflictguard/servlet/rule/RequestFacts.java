package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.exchange.QueryParameters;
import io.github.conflictguard.servlet.exchange.RereadRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules can ask of a request. Each thing is looked up when a rule asks for it: above all the
 * body, which is read for no other reason. One thread at a time.
 */
public final class RequestFacts {

  private final String path;
  private HttpServletRequest request;
  private @Nullable Map<String, String[]> query;
  private @Nullable Map<String, String[]> form;

  /** Begins to look at a request. */
  public RequestFacts(HttpServletRequest request) {
    this.request = request;
    this.path = RequestPath.keyOf(request).toString();
  }

  /** The request that has to take the place of the first one: its body can still be read. */
  public HttpServletRequest request() {
    return request;
  }

  String method() {
    return request.getMethod();
  }

  /** The path as {@link RequestPath} gives it, without a closing slash. */
  String path() {
    return path;
  }

  @Nullable String query(String name) {
    if (query == null) {
      query = QueryParameters.parse(request.getQueryString());
    }
    return first(query, name);
  }

  /** A field of a form's body; null for every other body, and for one beyond the limit. */
  @Nullable String form(String name) throws IOException {
    if (form == null) {
      RereadRequest read = RereadRequest.form(request);
      form = read.fields();
      request = read;
    }
    return first(form, name);
  }

  @Nullable String user() {
    return request.getRemoteUser();
  }

  @Nullable String session(String attributePath) {
    HttpSession session = request.getSession(false);
    return session == null ? null : AttributePath.valueIn(session, attributePath);
  }

  private static @Nullable String first(Map<String, String[]> parameters, String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }
}
