package io.github.conflictguard.servlet.advice;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** The texts of advice in one language: English or German. Immutable. */
public final class AdviceTexts {

  private final Properties texts;

  private AdviceTexts(Properties texts) {
    this.texts = texts;
  }

  /**
   * Returns the texts in a language.
   *
   * @param language {@code de} for German; anything else for English
   */
  public static AdviceTexts in(String language) {
    Properties texts = read("advice.properties", new Properties());
    return new AdviceTexts(language.equals("de") ? read("advice_de.properties", texts) : texts);
  }

  private static Properties read(String file, Properties defaults) {
    try (InputStream in = AdviceTexts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not next to " + AdviceTexts.class);
      }
      Properties texts = new Properties(defaults);
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a text in which {@code {0}} is the subject and the other ones are numbers. */
  String get(AdviceKind kind, String part, String subject, List<Object> numbers) {
    String text = texts.getProperty(kind.code() + "." + part);
    if (text == null) {
      throw new IllegalStateException("no text: " + kind.code() + "." + part);
    }
    // The subject last, because it may contain braces.
    for (int i = 0; i < numbers.size(); i++) {
      text = text.replace("{" + (i + 1) + "}", String.valueOf(numbers.get(i)));
    }
    return text.replace("{0}", subject);
  }
}
