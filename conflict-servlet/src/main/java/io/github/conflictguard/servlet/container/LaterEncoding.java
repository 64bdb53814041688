package io.github.conflictguard.servlet.container;

import io.github.conflictguard.servlet.response.DelegatingResponse;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A detector of responses that may get a content coding after the filter has tagged them, without
 * another tag: by Tomcat's connector, by Undertow's encoding handler, or by an earlier filter. The
 * tag then belongs to two codings, and must be weak according to RFC 9110, 8.8.1.
 *
 * <p>Jetty's handler is not included: it makes another strong tag of the filter's tag by a suffix
 * (8.8.3.3). Thread-safe.
 */
public final class LaterEncoding {

  private static final Pattern COMPRESSING_CLASS =
      Pattern.compile("(?i)(.*[.$])?\\w*(gzip|compress|deflate|brotli)\\w*(\\$.*)?");

  private static final int MOST_WRAPPERS = 32;

  private final TomcatCompression tomcat = new TomcatCompression();
  private final UndertowEncoding undertow = new UndertowEncoding();
  private final Predicate<HttpServletRequest> behindFilter;
  private final ClassValue<Boolean> compressing =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return COMPRESSING_CLASS.matcher(type.getName()).matches();
        }
      };

  /** Wrappers that have encoded a response, although their names do not indicate it. */
  private final Set<Class<?>> learnt = ConcurrentHashMap.newKeySet();

  /** Whether an earlier response could have been encoded, regardless of the current request. */
  private volatile boolean seen;

  /**
   * Creates a detector.
   *
   * @param behindFilter returns whether a request has passed a filter that is configured as
   *     compressing
   */
  public LaterEncoding(Predicate<HttpServletRequest> behindFilter) {
    this.behindFilter = behindFilter;
  }

  /**
   * Records that a response is about to be tagged.
   *
   * @return whether it may be encoded on its way
   */
  public boolean noteTagged(HttpServletRequest request, HttpServletResponse response) {
    String encoding = response.getHeader("Content-Encoding");
    boolean may =
        (encoding == null || encoding.equalsIgnoreCase("identity"))
            && isCodingAccepted(request)
            && (isPossible(request) || isWrapped(response));
    if (may && !seen) {
      seen = true;
    }
    return may;
  }

  /**
   * Records that a response was encoded between the filter and the container, so that the same is
   * expected of the next one.
   */
  public void noteEncoded(HttpServletResponse response) {
    ServletResponse at = response;
    while (at instanceof DelegatingResponse && !(at instanceof ServletResponseWrapper)) {
      at = ((DelegatingResponse) at).delegate();
    }
    if (at instanceof ServletResponseWrapper && learnt.size() < MOST_WRAPPERS) {
      learnt.add(at.getClass());
    }
    seen = true;
  }

  /** Returns whether the filter sends weak tags here, so that a weak one may be received. */
  public boolean weakensTags(HttpServletRequest request) {
    return seen || isPossible(request);
  }

  private boolean isPossible(HttpServletRequest request) {
    ServletRequest innermost = request;
    for (int i = 0; i < MOST_WRAPPERS && innermost instanceof ServletRequestWrapper; i++) {
      if (compressing.get(innermost.getClass())) {
        return true;
      }
      innermost = ((ServletRequestWrapper) innermost).getRequest();
    }
    return tomcat.isOn(innermost) || undertow.isOn(innermost) || behindFilter.test(request);
  }

  private boolean isWrapped(HttpServletResponse response) {
    ServletResponse at = response;
    for (int i = 0; i < MOST_WRAPPERS; i++) {
      if (compressing.get(at.getClass()) || learnt.contains(at.getClass())) {
        return true;
      }
      if (at instanceof ServletResponseWrapper) {
        at = ((ServletResponseWrapper) at).getResponse();
      } else if (at instanceof DelegatingResponse) {
        at = ((DelegatingResponse) at).delegate();
      } else {
        return false;
      }
    }
    return false;
  }

  /** Returns whether the request accepts a coding other than {@code identity} (12.5.3). */
  static boolean isCodingAccepted(HttpServletRequest request) {
    if (request.getHeader("Accept-Encoding") == null) {
      return false;
    }
    Enumeration<String> lines = request.getHeaders("Accept-Encoding");
    while (lines.hasMoreElements()) {
      for (String member : lines.nextElement().split(",", -1)) {
        int semicolon = member.indexOf(';');
        String coding = (semicolon < 0 ? member : member.substring(0, semicolon)).trim();
        if (!coding.isEmpty()
            && !coding.equalsIgnoreCase("identity")
            && !(semicolon >= 0 && isZero(member.substring(semicolon + 1)))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns whether a parameter is {@code q=0}, with up to three further zeros (12.4.2). */
  private static boolean isZero(String parameter) {
    String quality = parameter.trim();
    return quality.length() >= 3
        && quality.regionMatches(true, 0, "q=", 0, 2)
        && quality.substring(2).trim().replaceAll("[0.]", "").isEmpty();
  }
}
