package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A reader of the field lines of one header (RFC 9110, 5.3). */
public final class FieldLines {

  private FieldLines() {}

  /** Returns the lines in their order. Optimized for requests without the header. */
  public static List<String> of(HttpServletRequest request, String header) {
    if (request.getHeader(header) == null) {
      return Collections.emptyList();
    }
    Enumeration<String> lines = request.getHeaders(header);
    if (!lines.hasMoreElements()) {
      return Collections.emptyList();
    }
    List<String> first = Collections.singletonList(lines.nextElement());
    return lines.hasMoreElements() ? Collections.list(request.getHeaders(header)) : first;
  }
}
