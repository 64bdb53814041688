package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.response.DeclaredLength;
import io.github.conflictguard.servlet.response.DelegatingResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status and the headers of a response that is not sent, including those of errors and
 * redirects. Cookies are dropped.
 */
abstract class ProbeResponseHead extends DelegatingResponse {

  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private int status = SC_OK;
  private boolean touched;
  private boolean error;
  private final DeclaredLength declared = new DeclaredLength();
  private String charset = StandardCharsets.UTF_8.name();
  private Locale locale = Locale.getDefault();

  ProbeResponseHead(HttpServletResponse response) {
    super(response);
  }

  /** Returns whether the application has set a status or a header. */
  final boolean isHeadTouched() {
    return touched;
  }

  /** Returns whether the application has sent an error. */
  final boolean isError() {
    return error;
  }

  final void copyHeadersTo(HttpServletResponse target) {
    headers.forEach((name, values) -> values.forEach(value -> target.addHeader(name, value)));
  }

  /** Returns the length that the application has declared, or a negative value if none. */
  final long declaredLength() {
    return declared.length();
  }

  final void resetHead() {
    headers.clear();
    declared.forget();
    status = SC_OK;
    error = false;
  }

  /** Returns whether the client must authenticate, or lacks the permission. */
  public final boolean isChallenge() {
    return getStatus() == SC_UNAUTHORIZED || getStatus() == SC_FORBIDDEN;
  }

  /**
   * Copies a challenge to the response of a client that must not see the rest: the status, and the
   * authentication headers.
   */
  public final void copyChallengeTo(HttpServletResponse target) throws IOException {
    for (String challenge : getHeaders("WWW-Authenticate")) {
      target.addHeader("WWW-Authenticate", challenge);
    }
    target.sendError(getStatus());
  }

  @Override
  public void setStatus(int status) {
    touched = true;
    if (!isCommitted()) {
      this.status = status;
    }
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isCommitted()) {
      headers.remove(name);
    }
    addHeader(name, value);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    touched = true;
    declared.noteHeader(name, value);
    // The client must not receive a session or cookie that the internal GET has created.
    if (value != null && !isCommitted() && !name.equalsIgnoreCase("Set-Cookie")) {
      headers.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    touched = true;
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.containsKey(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return headers.getOrDefault(name, Collections.emptyList());
  }

  @Override
  public Collection<String> getHeaderNames() {
    return Collections.unmodifiableSet(headers.keySet());
  }

  @Override
  public void setContentType(@Nullable String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public @Nullable String getContentType() {
    return getHeader("Content-Type");
  }

  @Override
  public void setCharacterEncoding(@Nullable String charset) {
    this.charset = charset == null ? StandardCharsets.UTF_8.name() : charset;
  }

  @Override
  public String getCharacterEncoding() {
    return charset;
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    touched = true;
    declared.set(length);
  }

  @Override
  public void setLocale(Locale locale) {
    this.locale = locale;
  }

  @Override
  public Locale getLocale() {
    return locale;
  }

  @Override
  public void sendError(int status) {
    resetBuffer();
    setStatus(status);
    error = true;
  }

  @Override
  public void sendError(int status, String message) {
    sendError(status);
  }

  @Override
  public void sendRedirect(String location) {
    sendRedirect(location, SC_FOUND, true);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) {
    if (clearBuffer) {
      resetBuffer();
    }
    setStatus(status);
    setHeader("Location", location);
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    // Trailers are not compared.
  }
}
