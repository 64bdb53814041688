package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * A write whose preconditions held. They spoke of an entity tag that the filter made and the
 * application does not know, so the application does not get to see them.
 */
public final class JudgedRequest extends HttpServletRequestWrapper {

  public JudgedRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return HiddenHeaders.judged(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return HiddenHeaders.judged(name)
        ? Collections.<String>emptyEnumeration()
        : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return HiddenHeaders.without(super.getHeaderNames(), HiddenHeaders::judged);
  }
}
