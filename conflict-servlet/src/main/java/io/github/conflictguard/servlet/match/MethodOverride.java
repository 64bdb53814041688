package io.github.conflictguard.servlet.match;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The methods that an application may use in place of the one that was sent. Frameworks read it
 * from a header or the parameter {@code _method} of a POST (Spring's {@code
 * HiddenHttpMethodFilter}, Jersey's {@code HttpMethodOverrideFilter} and others). Not safe for use
 * by several threads.
 */
final class MethodOverride {

  static final String PARAMETER = "_method";

  private static final String[] HEADERS = {
    "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"
  };

  /** Longer than any registered method. */
  private static final int LONGEST = 24;

  private final List<String> methods = new ArrayList<>();

  /** Creates a list with the method that was sent. */
  MethodOverride(String sent) {
    methods.add(sent);
    if (sent.equals("HEAD")) {
      add("GET");
    }
    if (sent.length() <= LONGEST) {
      add(sent);
    }
  }

  void addHeaders(HttpServletRequest request) {
    for (String header : HEADERS) {
      add(request.getHeader(header));
    }
  }

  /** Adds a method before the one that was sent. */
  void add(@Nullable String name) {
    String method = name == null ? "" : name.trim().toUpperCase(Locale.ROOT);
    if (!method.isEmpty()
        && method.length() <= LONGEST
        && !methods.contains(method)
        && PreconditionEvaluator.isEvaluated(method)) {
      methods.add(methods.size() - 1, method);
    }
  }

  /** Returns the methods, with the one that was sent last. Unmodifiable. */
  List<String> methods() {
    return Collections.unmodifiableList(methods);
  }
}
