package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats numbers as the container's writer would: Jetty's takes the locale of the response where
 * the application names none, the others take the platform's.
 */
public class LocalizedWriter extends PrintWriter {

  private final @Nullable Locale locale;

  public LocalizedWriter(Writer writer, @Nullable Locale locale) {
    super(writer);
    this.locale = locale;
  }

  /**
   * Returns the locale that the writer of a response formats for; null for the platform's. A writer
   * of a wrapper that does not format by itself leaves that to the container's.
   *
   * @param writer null for the container's own
   */
  public static @Nullable Locale localeOf(ServletResponse response, @Nullable PrintWriter writer) {
    if (writer instanceof LocalizedWriter) {
      // One of ours in front of another one: they format alike.
      return ((LocalizedWriter) writer).locale;
    }
    return isOfJetty(TomcatResponses.innermost(response))
            && (writer == null || isOfJetty(writer) || !isFormatting(writer))
        ? response.getLocale()
        : null;
  }

  private static boolean isOfJetty(Object any) {
    return any.getClass().getName().startsWith("org.eclipse.jetty.");
  }

  private static boolean isFormatting(PrintWriter writer) {
    try {
      return writer.getClass().getMethod("format", String.class, Object[].class).getDeclaringClass()
          == PrintWriter.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("A public method of PrintWriter is there", e);
    }
  }

  /**
   * Closes what is behind and stays usable itself: what happens to later output is decided there.
   */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      setError();
    }
  }

  @Override
  public PrintWriter format(String format, @Nullable Object... arguments) {
    return locale == null
        ? super.format(format, arguments)
        : super.format(locale, format, arguments);
  }
}
