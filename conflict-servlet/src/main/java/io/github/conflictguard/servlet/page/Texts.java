package io.github.conflictguard.servlet.page;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the pages in one language. Immutable.
 *
 * <p>A language is a file in UTF-8 next to this class: {@code texts_de.properties}. An application
 * adds or replaces one by a file of that name in {@code
 * WEB-INF/classes/io/github/conflictguard/servlet/page}; texts missing from the file are in
 * English. The files are read each time: a {@code ResourceBundle} would read them in ISO-8859-1 on
 * Java 8, and would keep the class loader of the application in its cache.
 */
public final class Texts {

  private static final String ENGLISH = "en";
  private static final int MOST_LANGUAGES = 16;

  private final String language;
  private final Properties words;
  private final boolean neutral;

  private Texts(String language, Properties words, boolean neutral) {
    this.language = language;
    this.words = words;
    this.neutral = neutral;
  }

  /** Returns the texts that do not reveal who has changed something. */
  public Texts neutral() {
    return new Texts(language, words, true);
  }

  /**
   * Returns the texts for the sender of a request: in the preferred language among the available
   * ones.
   */
  public static Texts of(HttpServletRequest request) {
    // Without the header, the locales of the request are those of the server.
    return request.getHeader("Accept-Language") == null
        ? in(Collections.emptyList())
        : in(locales(request));
  }

  /** Jetty throws where it cannot parse the header. */
  private static List<Locale> locales(HttpServletRequest request) {
    try {
      return Collections.list(request.getLocales());
    } catch (RuntimeException e) {
      return new ArrayList<>();
    }
  }

  /** Returns the texts in the first available language; in English if none is available. */
  static Texts in(List<Locale> preferred) {
    Properties english = read("texts.properties");
    if (english == null) {
      throw new IllegalStateException("texts.properties is not where " + Texts.class + " is");
    }
    Set<String> looked = new HashSet<>();
    for (Locale locale : preferred) {
      String language = locale.getLanguage();
      // Each look-up searches the files of the application: a client may list thousands of
      // languages.
      if (language.equals(ENGLISH) || looked.size() == MOST_LANGUAGES) {
        break;
      }
      if (!looked.add(language)) {
        continue;
      }
      // The value comes from the client and becomes a part of a file name.
      Properties words =
          language.matches("[a-z]{2,3}") ? read("texts_" + language + ".properties") : null;
      if (words != null) {
        Properties complete = new Properties(english);
        complete.putAll(words);
        return new Texts(language, complete, false);
      }
    }
    return new Texts(ENGLISH, english, false);
  }

  /** Returns the language tag for HTML and {@code Content-Language}. */
  public String language() {
    return language;
  }

  /**
   * Returns the text for a key, with {@code {0}}, {@code {1}} replaced by the arguments.
   *
   * @throws IllegalArgumentException if there is no such key
   */
  public String get(String key, Object... arguments) {
    String neutralText = neutral ? words.getProperty(key + ".neutral") : null;
    String text = neutralText == null ? words.getProperty(key) : neutralText;
    if (text == null) {
      throw new IllegalArgumentException("no text: " + key);
    }
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /**
   * Returns the title of a problem; the English one is that of problem details, unless that refers
   * to headers.
   */
  public String title(ProblemType type) {
    return words.getProperty("problem." + type.name() + ".title", type.title());
  }

  /** Returns the explanation of a problem; the English one is that of problem details. */
  public String detail(ProblemType type) {
    return words.getProperty("problem." + type.name() + ".detail", type.detail());
  }

  /** Returns the description of an action; the English one is that of problem details. */
  public String title(Action action) {
    return words.getProperty("action." + action.name(), action.title());
  }

  private static @Nullable Properties read(String file) {
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      if (in == null) {
        return null;
      }
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      Properties words = new Properties();
      words.load(reader);
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
