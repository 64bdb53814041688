package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that select one of several representations of a resource: the headers of
 * proactive negotiation (RFC 9110, 12.5.1 to 12.5.4), and query parameters that select a format.
 * They never include credentials, cookies, or anything else that identifies a client or another
 * resource, even if {@code Vary} lists it. Immutable.
 */
public final class SelectingHeaders {

  /** No headers. */
  public static final SelectingHeaders NONE = new SelectingHeaders(null, null, null, null);

  /** The maximum length of remembered headers. */
  private static final int LONGEST = 1024;

  final @Nullable String accept;
  final @Nullable String language;
  final @Nullable String charset;
  final @Nullable String query;

  private SelectingHeaders(
      @Nullable String accept,
      @Nullable String language,
      @Nullable String charset,
      @Nullable String query) {
    this.accept = accept;
    this.language = language;
    this.charset = charset;
    this.query = query;
  }

  /** Returns the selecting headers of a request. */
  public static SelectingHeaders of(HttpServletRequest request) {
    return new SelectingHeaders(
        request.getHeader("Accept"),
        request.getHeader("Accept-Language"),
        request.getHeader("Accept-Charset"),
        request.getQueryString());
  }

  /** Returns the part of a query that identifies the resource: all parameters except the format. */
  public static String resourceIn(@Nullable String query) {
    if (query == null || query.isEmpty() || query.length() > LONGEST) {
      return query == null ? "" : query;
    }
    List<String> kept = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!choosesAFormat(parameter)) {
        kept.add(parameter);
      }
    }
    return String.join("&", kept);
  }

  private static boolean choosesAFormat(String parameter) {
    int equals = parameter.indexOf('=');
    String name =
        (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    switch (name) {
      case "pretty":
      case "_pretty":
      case "prettyprint":
      case "pretty-print":
      case "pretty_print":
      case "indent":
      case "format":
      case "_format":
      case "$format":
        return true;
      default:
        return false;
    }
  }

  /** Returns whether these headers are short enough to be remembered. */
  public boolean isShort() {
    return length(accept) + length(language) + length(charset) + length(query) <= LONGEST;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /**
   * Returns whether a write that was sent with other headers may be evaluated with these. A
   * language that the write itself requests may select another text, which must be evaluated by
   * itself.
   */
  public boolean mayReplace(SelectingHeaders ofWrite) {
    return ofWrite.language == null || ofWrite.language.equals(language);
  }

  /** Returns the URL at which these headers select a representation of the same resource. */
  public String at(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    return query == null ? path : path + '?' + query;
  }

  /** Returns the request with these headers in place of its own. */
  public HttpServletRequest in(HttpServletRequest request) {
    return new SelectingRequest(request, this);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SelectingHeaders)) {
      return false;
    }
    SelectingHeaders that = (SelectingHeaders) other;
    return Objects.equals(accept, that.accept)
        && Objects.equals(language, that.language)
        && Objects.equals(charset, that.charset)
        && Objects.equals(query, that.query);
  }

  @Override
  public int hashCode() {
    return Objects.hash(accept, language, charset, query);
  }
}
