package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats numbers as the container's writer would: Jetty's takes the locale of the response where
 * the application names none, the others take the platform's.
 */
class LocalizedWriter extends PrintWriter {

  private final @Nullable Locale locale;

  LocalizedWriter(Writer writer, @Nullable Locale locale) {
    super(writer);
    this.locale = locale;
  }

  /**
   * The locale that the container's writer has; null when it is the platform's.
   *
   * @param containers any object of the container
   */
  static @Nullable Locale localeOf(ServletResponse response, Object containers) {
    return containers.getClass().getName().startsWith("org.eclipse.jetty.")
        ? response.getLocale()
        : null;
  }

  @Override
  public PrintWriter format(String format, @Nullable Object... arguments) {
    return locale == null
        ? super.format(format, arguments)
        : super.format(locale, format, arguments);
  }
}
