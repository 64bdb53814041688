package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client has chosen one of several representations of the same resource by: the headers of
 * proactive negotiation (RFC 9110, 12.5.1 to 12.5.4), and parameters of the query that choose a
 * format. Never credentials, cookies, or anything else that names a client or another resource,
 * even where {@code Vary} lists it. Immutable.
 */
public final class SelectingHeaders {

  /** No header at all. */
  public static final SelectingHeaders NONE = new SelectingHeaders(null, null, null, null);

  /** What is longer is not remembered. */
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

  /** Those of a request. */
  public static SelectingHeaders of(HttpServletRequest request) {
    return new SelectingHeaders(
        request.getHeader("Accept"),
        request.getHeader("Accept-Language"),
        request.getHeader("Accept-Charset"),
        request.getQueryString());
  }

  /** The part of a query that names the resource: all but what chooses a format. */
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

  /** Whether this is short enough to be remembered. */
  public boolean isShort() {
    return length(accept) + length(language) + length(charset) + length(query) <= LONGEST;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /**
   * Whether a write that was sent with other headers may be judged by what these select. Another
   * language that the write itself names may be another text, which has to be judged by itself.
   */
  public boolean mayReplace(SelectingHeaders ofWrite) {
    return ofWrite.language == null || ofWrite.language.equals(language);
  }

  /** The address that these select at, which names the same resource. */
  public String at(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    return query == null ? path : path + '?' + query;
  }

  /** The request with these headers in place of its own. */
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
