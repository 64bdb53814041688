package io.github.conflictguard.servlet.match;

import io.github.conflictguard.servlet.formdata.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Paths for a request dispatcher. A dispatcher decodes and normalizes them itself, bypassing
 * filters and security constraints, so a path is used only if the result is certain.
 */
public final class DispatchPath {

  private static final Pattern SESSION_ID = Pattern.compile(";jsessionid=[^;/]*");
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

  private DispatchPath() {}

  /**
   * Returns the path, inside its web application and encoded, that leads a dispatcher to the
   * resource to which the container has mapped the request; with its path parameters, if these are
   * harmless.
   *
   * @return null when the container's path has a part that a dispatcher may interpret differently
   */
  public static @Nullable String of(HttpServletRequest request) {
    String path = RequestPath.of(request);
    String dispatched = path.isEmpty() ? "/" : path;
    if (!isPlain(dispatched)) {
      return null;
    }
    String uri = request.getRequestURI();
    String context = request.getContextPath();
    if (uri.startsWith(context)) {
      String sent = SESSION_ID.matcher(uri.substring(context.length())).replaceAll("");
      if (leadsTo(sent, dispatched)) {
        return sent;
      }
    }
    return encode(dispatched);
  }

  /** Returns whether a path as it was sent is equivalent to this one in every container. */
  private static boolean leadsTo(String sent, String path) {
    String bare = PARAMETERS.matcher(sent).replaceAll("");
    String parameters = sent.length() == bare.length() ? "" : sent;
    return !parameters.contains("..")
        && parameters.indexOf('\\') < 0
        && !hasEncodedParameter(sent)
        && QueryParameters.decodePath(bare).equals(path);
  }

  private static boolean hasEncodedParameter(String sent) {
    boolean inParameter = false;
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (c == ';' || c == '/') {
        inParameter = c == ';';
      } else if (c == '%' && inParameter) {
        return true;
      }
    }
    return false;
  }

  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (String segment : path.substring(1).split("/", -1)) {
      encoded.append('/').append(QueryParameters.encode(segment));
    }
    return encoded.toString();
  }

  /**
   * Returns whether a decoded path has the same meaning however often it is decoded and normalized,
   * and does not lead to a resource that is accessible to dispatchers only.
   */
  static boolean isPlain(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    String[] segments = path.substring(1).split("/", -1);
    if (segments[0].equalsIgnoreCase("WEB-INF") || segments[0].equalsIgnoreCase("META-INF")) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      boolean closingSlash = segments[i].isEmpty() && i == segments.length - 1;
      if (!closingSlash && !isPlainSegment(segments[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a value is one segment of a path, or a part of one, after any decoding. */
  static boolean isPlainSegment(String value) {
    return !value.isEmpty()
        && !value.equals(".")
        && !value.equals("..")
        && value.indexOf('/') < 0
        && value.indexOf('\\') < 0
        && value.indexOf(';') < 0
        && isPlainText(value)
        && !hasEncodedCharacter(value);
  }

  /** Returns whether a value contains neither control characters nor unpaired surrogates. */
  static boolean isPlainText(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < value.length()
              && Character.isLowSurrogate(value.charAt(i + 1));
      if (Character.isISOControl(c) || (Character.isSurrogate(c) && !pair)) {
        return false;
      }
      i += pair ? 1 : 0;
    }
    return true;
  }

  private static boolean hasEncodedCharacter(String value) {
    for (int at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at + 1)) {
      if (at + 2 < value.length()
          && Character.digit(value.charAt(at + 1), 16) >= 0
          && Character.digit(value.charAt(at + 2), 16) >= 0) {
        return true;
      }
    }
    return false;
  }
}
