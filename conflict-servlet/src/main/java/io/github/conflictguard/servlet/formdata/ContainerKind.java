package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The kinds of containers by the way they read forms. */
enum ContainerKind {
  /** Tomcat up to 10.1: unreadable parameters are omitted. */
  TOMCAT(null, StandardCharsets.ISO_8859_1, " POST "),
  /** Tomcat from 11 on: an unreadable parameter fails the call. */
  TOMCAT_11(
      "org.apache.tomcat.util.http.InvalidParameterException",
      StandardCharsets.ISO_8859_1,
      " POST "),
  /** Jetty with the Servlet API up to 5.0. */
  JETTY("org.eclipse.jetty.http.BadMessageException", StandardCharsets.UTF_8, " POST PUT "),
  /** Jetty 12 with the Servlet API from 6.0 on. */
  JETTY_EE10("org.eclipse.jetty.http.BadMessageException", StandardCharsets.UTF_8, ""),
  OTHER(null, StandardCharsets.ISO_8859_1, "");

  static final int BAD_REQUEST = 400;
  static final int TOO_LARGE = 413;

  private final @Nullable String refusal;
  private final Charset charset;

  /** The methods whose body is read as a form, separated by blanks; empty for all methods. */
  private final String methods;

  ContainerKind(@Nullable String refusal, Charset charset, String methods) {
    this.refusal = refusal;
    this.charset = charset;
    this.methods = methods;
  }

  /** Returns the container's own request behind all wrappers. */
  static ServletRequest innermost(ServletRequest request) {
    ServletRequest innermost = request;
    while (innermost instanceof ServletRequestWrapper) {
      innermost = ((ServletRequestWrapper) innermost).getRequest();
    }
    return innermost;
  }

  /** Returns the kind of the container that has created a request. */
  static ContainerKind of(ServletRequest innermost) {
    String name = innermost.getClass().getName();
    if (name.startsWith("org.apache.catalina.")) {
      return TOMCAT_11.refusal(innermost, BAD_REQUEST, "") == null ? TOMCAT : TOMCAT_11;
    }
    if (name.startsWith("org.eclipse.jetty.")) {
      return name.matches("org\\.eclipse\\.jetty\\.ee[1-9][0-9].*") ? JETTY_EE10 : JETTY;
    }
    return OTHER;
  }

  boolean readsForm(String method) {
    return methods.isEmpty() || methods.contains(' ' + method + ' ');
  }

  /** Returns the charset of forms without a declared charset. */
  Charset formCharset() {
    return charset;
  }

  boolean isTomcat() {
    return this == TOMCAT || this == TOMCAT_11;
  }

  boolean isJetty() {
    return this == JETTY || this == JETTY_EE10;
  }

  /**
   * Returns the exception that the container throws for a form that it rejects.
   *
   * @param innermost the request of the container, whose class loader finds its exceptions
   * @return the exception, or null if the container does not reject forms
   */
  @Nullable RuntimeException refusal(ServletRequest innermost, int status, String reason) {
    if (refusal == null) {
      return null;
    }
    try {
      Class<?> type = Class.forName(refusal, true, innermost.getClass().getClassLoader());
      Object thrown;
      if (status == BAD_REQUEST) {
        thrown = type.getConstructor(String.class).newInstance(reason);
      } else {
        Constructor<?> withStatus =
            isTomcat()
                ? type.getConstructor(String.class, int.class)
                : type.getConstructor(int.class, String.class);
        thrown =
            isTomcat()
                ? withStatus.newInstance(reason, status)
                : withStatus.newInstance(status, reason);
      }
      return (RuntimeException) thrown;
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      return null;
    }
  }
}
