package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request without a parameter that does not belong to the application. Not thread-safe. */
public final class StrippedRequest extends HttpServletRequestWrapper {

  private final String name;

  private StrippedRequest(HttpServletRequest request, String name) {
    super(request);
    this.name = name;
  }

  /**
   * Removes a parameter from the parameters, from the query, and from a body that was read.
   *
   * @param name the name, of characters that need no escaping
   */
  public static HttpServletRequest of(HttpServletRequest request, String name) {
    return new StrippedRequest(
        request instanceof BufferedRequest ? ((BufferedRequest) request).without(name) : request,
        name);
  }

  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    String rest = query == null ? null : QueryParameters.without(query, name);
    return rest == null || (rest.isEmpty() && !query.isEmpty()) ? null : rest;
  }

  @Override
  public @Nullable String getParameter(String parameter) {
    return parameter.equals(name) ? null : super.getParameter(parameter);
  }

  @Override
  public String @Nullable [] getParameterValues(String parameter) {
    return parameter.equals(name) ? null : super.getParameterValues(parameter);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    List<String> names = new ArrayList<>();
    for (Enumeration<String> all = super.getParameterNames(); all.hasMoreElements(); ) {
      String next = all.nextElement();
      if (!next.equals(name)) {
        names.add(next);
      }
    }
    return Collections.enumeration(names);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> all = super.getParameterMap();
    if (!all.containsKey(name)) {
      return all;
    }
    Map<String, String[]> rest = new LinkedHashMap<>(all);
    rest.remove(name);
    return Collections.unmodifiableMap(rest);
  }

  @Override
  public long getContentLengthLong() {
    return isShorter() ? ((BufferedRequest) getRequest()).length() : super.getContentLengthLong();
  }

  @Override
  public int getContentLength() {
    return isShorter() ? ((BufferedRequest) getRequest()).length() : super.getContentLength();
  }

  @Override
  public @Nullable String getHeader(String header) {
    return isLength(header) ? Long.toString(getContentLengthLong()) : super.getHeader(header);
  }

  @Override
  public Enumeration<String> getHeaders(String header) {
    return isLength(header)
        ? Collections.enumeration(Arrays.asList(Long.toString(getContentLengthLong())))
        : super.getHeaders(header);
  }

  @Override
  public int getIntHeader(String header) {
    return isLength(header) ? getContentLength() : super.getIntHeader(header);
  }

  private boolean isLength(String header) {
    return isShorter()
        && header.equalsIgnoreCase("Content-Length")
        && super.getHeader(header) != null;
  }

  private boolean isShorter() {
    return getRequest() instanceof BufferedRequest && ((BufferedRequest) getRequest()).isComplete();
  }
}
