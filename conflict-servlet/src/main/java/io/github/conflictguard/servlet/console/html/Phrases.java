package io.github.conflictguard.servlet.console.html;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** The texts of the monitor, or of other pages for developers, in one language. Immutable. */
public final class Phrases {

  /** English, the language of logs and of clients that prefer none. */
  public static final Phrases ENGLISH = of(Locale.ENGLISH, Phrases.class, "monitor.properties");

  /** German. */
  public static final Phrases GERMAN = of(Locale.GERMAN, Phrases.class, "monitor_de.properties");

  private static final int MOST_LANGUAGES = 16;

  private final Locale locale;
  private final Properties texts;

  private Phrases(Locale locale, Properties texts) {
    this.locale = locale;
    this.texts = texts;
  }

  /** Returns the texts of a file in UTF-8 next to a class. */
  public static Phrases of(Locale locale, Class<?> where, String file) {
    return new Phrases(locale, read(where, file));
  }

  /** Returns the texts in the client's most preferred available language, or in English. */
  public static Phrases of(HttpServletRequest request) {
    return isGermanPreferred(request) ? GERMAN : ENGLISH;
  }

  /** Returns whether the client prefers German to English. */
  public static boolean isGermanPreferred(HttpServletRequest request) {
    // Without the header, the locales of the request are those of the server.
    if (request.getHeader("Accept-Language") != null) {
      int looked = 0;
      for (Locale preferred : locales(request)) {
        if (preferred.getLanguage().equals("de")) {
          return true;
        }
        if (preferred.getLanguage().equals("en") || ++looked == MOST_LANGUAGES) {
          break;
        }
      }
    }
    return false;
  }

  /** Jetty throws where it cannot parse the header. */
  private static List<Locale> locales(HttpServletRequest request) {
    try {
      return Collections.list(request.getLocales());
    } catch (RuntimeException e) {
      return new ArrayList<>();
    }
  }

  /** Returns the code of the language. */
  public String language() {
    return locale.getLanguage();
  }

  /** Returns the locale, for numbers and dates. */
  public Locale locale() {
    return locale;
  }

  /**
   * Returns a text.
   *
   * @throws IllegalArgumentException if the monitor has none of this name
   */
  public String text(String name) {
    String text = texts.getProperty(name);
    if (text == null) {
      throw new IllegalArgumentException("The monitor has no text '" + name + "'");
    }
    return text;
  }

  /** Returns a text in which {@code {0}} and the following numbers are replaced. */
  public String text(String name, Object... arguments) {
    String text = text(name);
    StringBuilder filled = new StringBuilder(text.length() + 32);
    int from = 0;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
      int number = at + 1 < text.length() ? text.charAt(at + 1) - '0' : -1;
      filled.append(text, from, at);
      if (number >= 0 && number < arguments.length && text.startsWith("}", at + 2)) {
        filled.append(arguments[number]);
        from = at + 3;
      } else {
        filled.append('{');
        from = at + 1;
      }
    }
    return filled.append(text, from, text.length()).toString();
  }

  /** Returns a text if there is one of this name, and the alternative if there is none. */
  public String textOr(String otherwise, String name) {
    return texts.getProperty(name, otherwise);
  }

  private static Properties read(Class<?> where, String file) {
    Properties texts = new Properties();
    try (InputStream in = where.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not where " + where + " is");
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        texts.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
