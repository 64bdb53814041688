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
 * Whether an answer may get a content coding after the filter has tagged it, without another tag:
 * by Tomcat's connector, by Undertow's encoding handler, or by a filter in front. The tag is then
 * one for two codings, and RFC 9110, 8.8.1 has that marked as weak.
 *
 * <p>Jetty's handler is not among them: it makes another strong tag of ours, by a suffix (8.8.3.3).
 * Safe for use by several threads.
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

  /** Wrappers that have encoded an answer, though their names do not tell. */
  private final Set<Class<?>> learnt = ConcurrentHashMap.newKeySet();

  /** Whether some answer has been one that could be encoded, whatever this request tells. */
  private volatile boolean seen;

  /**
   * Begins.
   *
   * @param behindFilter whether a request has come through a filter that is known to compress
   */
  public LaterEncoding(Predicate<HttpServletRequest> behindFilter) {
    this.behindFilter = behindFilter;
  }

  /** Whether this answer, which is about to be tagged, may be encoded on its way. */
  public boolean mayFollow(HttpServletRequest request, HttpServletResponse response) {
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
   * Called when an answer has got a coding between the filter and the container, so that the next
   * one is expected to.
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

  /** Whether tags are given out as weak here, so that a weak one may come back. */
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

  /** 12.5.3: whether a coding other than {@code identity} is acceptable and was asked for. */
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

  /** 12.4.2: {@code q=0}, with up to three zeros more. */
  private static boolean isZero(String parameter) {
    String quality = parameter.trim();
    return quality.length() >= 3
        && quality.regionMatches(true, 0, "q=", 0, 2)
        && quality.substring(2).trim().replaceAll("[0.]", "").isEmpty();
  }
}
