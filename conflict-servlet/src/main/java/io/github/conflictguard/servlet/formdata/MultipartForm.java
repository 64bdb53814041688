package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text fields of a multipart form, read before the application runs. If its servlet is
 * configured for such forms, the container parses the form and keeps the parts for the application;
 * otherwise the application reads the body as a stream, and can read it again. Immutable.
 */
public final class MultipartForm {

  private final HttpServletRequest request;
  private final Map<String, String[]> fields;

  private MultipartForm(HttpServletRequest request, Map<String, String[]> fields) {
    this.request = request;
    this.fields = fields;
  }

  /** Returns whether the body of a request is such a form. */
  public static boolean isIn(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /**
   * Reads a form with a declared length within the limit that the client sends without waiting for
   * a 100 (Continue) response. Any other form is not read, and has no fields.
   */
  public static MultipartForm read(HttpServletRequest request, FormLimits limits)
      throws IOException {
    long length = request.getContentLengthLong();
    if (length <= 0 || length > limits.bytes || request.getHeader("Expect") != null) {
      return new MultipartForm(request, Collections.emptyMap());
    }
    try {
      Collection<Part> parts = request.getParts();
      PartsRequest read = PartsRequest.of(request, parts);
      return new MultipartForm(read, read.fields());
    } catch (IllegalStateException e) {
      // The servlet is not configured for it, or the form exceeds the configured limits.
      BufferedRequest read = BufferedRequest.whole(request, limits);
      return new MultipartForm(
          read.unseen() == null ? read : request,
          read.isComplete() ? fieldsOf(read) : Collections.emptyMap());
    } catch (ServletException e) {
      return new MultipartForm(request, Collections.emptyMap());
    }
  }

  private static Map<String, String[]> fieldsOf(BufferedRequest read) {
    Map<String, String[]> fields = new LinkedHashMap<>();
    Map<String, List<String>> lists =
        MultipartFields.of(
            read.body(), String.valueOf(read.getContentType()), StandardCharsets.UTF_8);
    lists.forEach((name, values) -> fields.put(name, values.toArray(new String[0])));
    return fields;
  }

  /**
   * Returns the text fields of a form that the container has parsed.
   *
   * @return the fields, or null for every other request
   */
  public static @Nullable Map<String, String[]> parsedIn(
      HttpServletRequest request, Charset charset) {
    ServletRequest at = request;
    while (at instanceof HttpServletRequestWrapper) {
      if (at instanceof PartsRequest) {
        return ((PartsRequest) at).fields(charset);
      }
      at = ((HttpServletRequestWrapper) at).getRequest();
    }
    return null;
  }

  /**
   * Returns the names of the fields that have a value: a text, or a file that was chosen.
   *
   * @return the names, or null for a form that was not read
   */
  public static @Nullable Set<String> filledIn(HttpServletRequest request) {
    Map<String, String[]> texts;
    Set<String> filled;
    if (request instanceof PartsRequest) {
      texts = ((PartsRequest) request).fields();
      filled = new HashSet<>(((PartsRequest) request).files());
    } else if (request instanceof BufferedRequest && ((BufferedRequest) request).isComplete()) {
      BufferedRequest read = (BufferedRequest) request;
      texts = fieldsOf(read);
      filled =
          MultipartFields.filesIn(
              read.body(), String.valueOf(read.getContentType()), StandardCharsets.UTF_8);
    } else {
      return null;
    }
    texts.forEach(
        (name, values) -> {
          if (Arrays.stream(values).anyMatch(value -> !value.isEmpty())) {
            filled.add(name);
          }
        });
    return filled;
  }

  /** Returns the request to use in place of the original one. */
  public HttpServletRequest request() {
    return request;
  }

  /** Returns the values of the text fields by name. */
  public Map<String, String[]> fields() {
    return fields;
  }
}
