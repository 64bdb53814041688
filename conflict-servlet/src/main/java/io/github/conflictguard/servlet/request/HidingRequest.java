package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A request wrapper that hides some headers in all methods that return headers. */
public class HidingRequest extends HttpServletRequestWrapper {

  private final Predicate<String> hidden;

  /**
   * Wraps a request.
   *
   * @param hidden returns whether a header is hidden, by its name in any case
   */
  public HidingRequest(HttpServletRequest request, Predicate<String> hidden) {
    super(request);
    this.hidden = hidden;
  }

  @Override
  public final @Nullable String getHeader(String name) {
    return hidden.test(name) ? null : super.getHeader(name);
  }

  @Override
  public final Enumeration<String> getHeaders(String name) {
    return hidden.test(name) ? Collections.<String>emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public final Enumeration<String> getHeaderNames() {
    List<String> visible = new ArrayList<>(Collections.list(super.getHeaderNames()));
    visible.removeIf(hidden);
    return Collections.enumeration(visible);
  }

  @Override
  public final long getDateHeader(String name) {
    return hidden.test(name) ? -1 : super.getDateHeader(name);
  }

  @Override
  public final int getIntHeader(String name) {
    return hidden.test(name) ? -1 : super.getIntHeader(name);
  }
}
