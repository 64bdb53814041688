package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form parser of the container of a request: its limits, and its exceptions for rejected forms.
 * The container can no longer read a body that the filter has read. Such a body is therefore
 * decoded here, and a form that the container would have rejected is rejected with the container's
 * own exception. Immutable.
 */
final class FormSyntax {

  private final ServletRequest innermost;
  private final ContainerKind container;
  private final ContainerLimits limits;

  private FormSyntax(ServletRequest innermost, FormLimits limits) {
    this.innermost = innermost;
    this.container = ContainerKind.of(innermost);
    this.limits = ContainerLimits.of(container, innermost, limits.parameters);
  }

  /** Returns the syntax of the container that has created a request. */
  static FormSyntax of(HttpServletRequest request, FormLimits limits) {
    return new FormSyntax(ContainerKind.innermost(request), limits);
  }

  /** Returns whether the container reads the body as a form, which depends on the method. */
  boolean readsBody() {
    return !(innermost instanceof HttpServletRequest)
        || container.readsForm(((HttpServletRequest) innermost).getMethod());
  }

  /** Returns whether the container rejects a body of this length. */
  boolean isTooLong(long length) {
    return length > limits.bytes;
  }

  /**
   * Returns the readable fields of a form.
   *
   * @param encoding the charset declared by the request, or null if none
   */
  Map<String, String[]> fields(byte[] body, @Nullable String encoding) {
    return read(body, encoding, 0, false);
  }

  /**
   * Returns the parameters that the container would parse from a form.
   *
   * @param inQuery the number of parameters in the query
   * @throws RuntimeException the container's own exception, if it rejects the form
   */
  Map<String, String[]> parameters(byte[] body, @Nullable String encoding, int inQuery) {
    return read(body, encoding, inQuery, true);
  }

  /** Returns the container's result for a body that exceeds its limit, or throws its exception. */
  Map<String, String[]> refuseAsTooLong() {
    // Jetty responds to it with 400, Tomcat with 413.
    int status = container.isJetty() ? ContainerKind.BAD_REQUEST : ContainerKind.TOO_LARGE;
    refuse(true, status, "The form is too large");
    return Collections.emptyMap();
  }

  private Map<String, String[]> read(
      byte[] body, @Nullable String encoding, int inQuery, boolean refusing) {
    Charset charset = charset(encoding, refusing);
    // Jetty decodes such a body as a whole, others byte by byte.
    boolean wide = container.isJetty() && charset.name().startsWith("UTF-16");
    String text = new String(body, wide ? charset : StandardCharsets.ISO_8859_1);
    PercentDecoder decoder =
        new PercentDecoder(
            wide ? StandardCharsets.UTF_8 : charset,
            refusing && container == ContainerKind.TOMCAT_11);
    ParameterList parameters = new ParameterList();
    // Jetty counts only the parameters of the body.
    int[] count = {container.isJetty() ? 0 : inQuery};
    QueryParameters.forEachPair(
        text,
        (from, equals, to) -> {
          if (++count[0] > limits.parameters) {
            refuse(refusing, ContainerKind.BAD_REQUEST, "The form has too many parameters");
            return false;
          }
          String name = decoder.decode(text, from, equals);
          String value = decoder.decode(text, Math.min(equals + 1, to), to);
          if (name == null || value == null || (name.isEmpty() && container.isTomcat())) {
            refuse(refusing, ContainerKind.BAD_REQUEST, "The form cannot be decoded");
            return true;
          }
          parameters.add(name, value);
          return true;
        });
    return parameters.toMap();
  }

  private Charset charset(@Nullable String encoding, boolean refusing) {
    if (encoding != null) {
      try {
        return Charset.forName(encoding);
      } catch (IllegalArgumentException e) {
        if (container.isJetty()) {
          refuse(refusing, ContainerKind.BAD_REQUEST, "The charset of the form is unknown");
        }
      }
    }
    return container.formCharset();
  }

  private void refuse(boolean refusing, int status, String reason) {
    RuntimeException refusal = refusing ? container.refusal(innermost, status, reason) : null;
    if (refusal != null) {
      throw refusal;
    }
  }
}
