package io.github.conflictguard.servlet.history;

import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.response.ExposingResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Allows scripts of other origins to read the filter's responses where they may read the
 * application's (CORS protocol of the Fetch standard). A response that is generated before the
 * application has run lacks the CORS headers that the application sets. They are taken from the
 * application's response to the internal GET for the same request, or from earlier responses to the
 * same origin for paths of the same shape. Nothing is allowed that the application has not allowed
 * this origin.
 *
 * <p>Bounded. Thread-safe.
 */
public final class CrossOrigin {

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String[] HEADERS = {
    ALLOW_ORIGIN, "Access-Control-Allow-Credentials", ExposingResponse.EXPOSE_HEADERS
  };
  private static final int PRECONDITION_REQUIRED = 428; // RFC 6585, 3
  private static final int MOST = 1024;
  private static final int LONGEST = 512;

  private final Function<HttpServletRequest, String> shape;

  private final BoundedMap<String, Map<String, String>> remembered =
      new BoundedMap<>(MOST, headers -> 1);

  /**
   * Creates an empty memory.
   *
   * @param shape the shape of the path of a request, which other requests for the same kind of
   *     resource share
   */
  public CrossOrigin(Function<HttpServletRequest, String> shape) {
    this.shape = shape;
  }

  /** Records the CORS headers of a response of the application. */
  public void note(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    if (origin != null && isAllowed(origin, response)) {
      remembered.put(name(request, origin), headersOf(response));
    }
  }

  /**
   * Sets the CORS headers that the application would have set, before the filter responds.
   *
   * @param asked the application's response to the internal GET; null when there is none
   */
  public void complete(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable HttpServletResponse asked) {
    String origin = request.getHeader("Origin");
    if (origin == null || response.containsHeader(ALLOW_ORIGIN)) {
      return;
    }
    if (asked != null) {
      note(request, asked);
    }
    Map<String, String> headers =
        asked != null && isAllowed(origin, asked)
            ? headersOf(asked)
            : asked != null && asked.containsHeader(ALLOW_ORIGIN)
                ? null
                : remembered.use(name(request, origin));
    if (headers != null) {
      headers.forEach(response::setHeader);
      if (!isVaryingByOrigin(response)) {
        response.addHeader("Vary", "Origin");
      }
    }
  }

  /**
   * Returns whether a script of another origin may read the response, but not its entity tag. It
   * may see a tag only where each response with one exposes it, a 304 included (Fetch standard,
   * CORS protocol).
   */
  public static boolean hidesTag(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    return origin != null
        && !isOfHost(origin, request)
        && isAllowed(origin, response)
        && concernsTags(response)
        && !ExposingResponse.isExposed("ETag", response);
  }

  /** Browsers send the header with writes of the same origin as well. */
  private static boolean isOfHost(String origin, HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host != null && origin.substring(origin.lastIndexOf('/') + 1).equalsIgnoreCase(host);
  }

  private static boolean concernsTags(HttpServletResponse response) {
    switch (response.getStatus()) {
      case HttpServletResponse.SC_CONFLICT:
      case HttpServletResponse.SC_PRECONDITION_FAILED:
      case PRECONDITION_REQUIRED:
        return true;
      case HttpServletResponse.SC_OK:
      case HttpServletResponse.SC_NOT_MODIFIED:
        return response.containsHeader("ETag");
      default:
        return false;
    }
  }

  /** Returns whether the response allows the origin. A header with another origin is a refusal. */
  private static boolean isAllowed(String origin, HttpServletResponse response) {
    String allowed = response.getHeader(ALLOW_ORIGIN);
    return allowed != null
        && origin.length() <= LONGEST
        && (allowed.equals(origin) || allowed.equals("*"));
  }

  private static Map<String, String> headersOf(HttpServletResponse response) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      List<String> values = new ArrayList<>(response.getHeaders(name));
      if (!values.isEmpty()) {
        String value = String.join(", ", values);
        if (value.length() <= LONGEST) {
          headers.put(name, value);
        }
      }
    }
    return headers;
  }

  private static boolean isVaryingByOrigin(HttpServletResponse response) {
    for (String line : response.getHeaders("Vary")) {
      for (String field : line.split(",", -1)) {
        if (field.trim().equalsIgnoreCase("Origin") || field.trim().equals("*")) {
          return true;
        }
      }
    }
    return false;
  }

  private String name(HttpServletRequest request, String origin) {
    return shape.apply(request) + '\n' + origin;
  }
}
