package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A writer that formats numbers as the container's writer would: Jetty's uses the locale of the
 * response if the application passes none, the others use that of the platform.
 */
public class LocalizedWriter extends PrintWriter {

  private final @Nullable Locale locale;

  public LocalizedWriter(Writer writer, @Nullable Locale locale) {
    super(writer);
    this.locale = locale;
  }

  /**
   * Returns the locale that the writer of a response formats for, or null for that of the platform.
   * A wrapper's writer that does not format by itself delegates to the container's.
   *
   * @param writer the writer, or null for the container's own
   */
  public static @Nullable Locale localeOf(ServletResponse response, @Nullable PrintWriter writer) {
    if (writer instanceof LocalizedWriter) {
      // Nested writers of this class use the same locale.
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

  /** Flushes a writer. A wrapper may set its headers in a flush, but not in a check for errors. */
  public static void flush(PrintWriter writer) throws IOException {
    writer.flush();
    if (writer.checkError()) {
      // A PrintWriter hides failures; the one of the application receives them from here.
      throw new IOException("The client no longer takes the response");
    }
  }

  /**
   * Closes the wrapped writer and remains usable: the wrapped writer decides about later output.
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
