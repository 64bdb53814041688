package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The instance of the problem that a request may meet, determined in advance so that the
 * application can log it while it runs.
 */
public final class RequestInstance {

  private static final String ATTRIBUTE = RequestInstance.class.getName();

  private RequestInstance() {}

  /** Determines the instance of a request; the same one for each of its passes. */
  public static String begin(HttpServletRequest request) {
    String known = of(request);
    if (known != null) {
      return known;
    }
    String instance = "urn:uuid:" + UUID.randomUUID();
    request.setAttribute(ATTRIBUTE, instance);
    return instance;
  }

  /** Returns the instance; null if it was not determined in advance. */
  public static @Nullable String of(HttpServletRequest request) {
    Object known = request.getAttribute(ATTRIBUTE);
    return known instanceof String ? (String) known : null;
  }
}
