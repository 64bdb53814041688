package io.github.conflictguard.servlet.response;

import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.servlet.container.TomcatResponses;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that delegates every call to another response. Numbers and dates are converted to
 * text, so that subclasses only need to override two methods to see all headers.
 *
 * <p>It intentionally does not extend {@code ServletResponseWrapper}, see {@link TomcatResponses}.
 * {@link UnwrappableResponse} wraps it for containers that require a wrapper.
 *
 * <p>It supports the methods of Servlet 3.1 to 6.1, including those that the API used for
 * compilation does not have.
 */
public class DelegatingResponse implements HttpServletResponse {

  /** The response to which calls are delegated. */
  protected final HttpServletResponse response;

  public DelegatingResponse(HttpServletResponse response) {
    this.response = response;
  }

  /** Begins a forward: the body is empty, and stream or writer may be chosen again. */
  protected void beginForward() {
    if (response instanceof DelegatingResponse) {
      ((DelegatingResponse) response).beginForward();
    } else if (response instanceof UnwrappableResponse) {
      ((UnwrappableResponse) response).beginForward();
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    response.addCookie(cookie);
  }

  @Override
  public boolean containsHeader(String name) {
    return response.containsHeader(name);
  }

  @Override
  public String encodeURL(String url) {
    return response.encodeURL(url);
  }

  @Override
  public String encodeRedirectURL(String url) {
    return response.encodeRedirectURL(url);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    response.sendError(status, message);
  }

  @Override
  public void sendError(int status) throws IOException {
    response.sendError(status);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    response.sendRedirect(location);
  }

  @Override
  public final void setDateHeader(String name, long date) {
    setHeader(name, HttpDate.format(Instant.ofEpochMilli(date)));
  }

  @Override
  public final void addDateHeader(String name, long date) {
    addHeader(name, HttpDate.format(Instant.ofEpochMilli(date)));
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    response.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    response.addHeader(name, value);
  }

  @Override
  public final void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public final void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setStatus(int status) {
    response.setStatus(status);
  }

  @Override
  public int getStatus() {
    return response.getStatus();
  }

  @Override
  public @Nullable String getHeader(String name) {
    return response.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return response.getHeaders(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return response.getHeaderNames();
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    response.setTrailerFields(supplier);
  }

  @Override
  public Supplier<Map<String, String>> getTrailerFields() {
    return response.getTrailerFields();
  }

  @Override
  public String getCharacterEncoding() {
    return response.getCharacterEncoding();
  }

  @Override
  public @Nullable String getContentType() {
    return response.getContentType();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return response.getOutputStream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    return response.getWriter();
  }

  @Override
  public void setCharacterEncoding(String charset) {
    response.setCharacterEncoding(charset);
  }

  @Override
  public void setContentLength(int length) {
    response.setContentLength(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    response.setContentLengthLong(length);
  }

  @Override
  public void setContentType(String type) {
    response.setContentType(type);
  }

  @Override
  public void setBufferSize(int size) {
    response.setBufferSize(size);
  }

  @Override
  public int getBufferSize() {
    return response.getBufferSize();
  }

  @Override
  public void flushBuffer() throws IOException {
    response.flushBuffer();
  }

  @Override
  public void resetBuffer() {
    response.resetBuffer();
  }

  @Override
  public boolean isCommitted() {
    return response.isCommitted();
  }

  @Override
  public void reset() {
    response.reset();
  }

  @Override
  public void setLocale(Locale locale) {
    response.setLocale(locale);
  }

  @Override
  public Locale getLocale() {
    return response.getLocale();
  }

  /** Deprecated since Servlet 2.1 and removed in 6.0; the message was never sent to a client. */
  @Override
  @Deprecated
  public void setStatus(int status, String message) {
    setStatus(status);
  }

  /** Deprecated since Servlet 2.1 and removed in 6.0. */
  @Override
  @Deprecated
  public String encodeUrl(String url) {
    return encodeURL(url);
  }

  /** Deprecated since Servlet 2.1 and removed in 6.0. */
  @Override
  @Deprecated
  public String encodeRedirectUrl(String url) {
    return encodeRedirectURL(url);
  }

  /** Redirects. Added in Servlet 6.1, where the other new overloads call it. */
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    NewRedirect.send(response, location, status, clearBuffer);
  }

  /** Returns the response that calls are delegated to. */
  public final HttpServletResponse delegate() {
    return response;
  }
}
