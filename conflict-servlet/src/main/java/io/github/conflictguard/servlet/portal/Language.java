package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.console.html.Phrases;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** The languages of the pages, with their texts. */
enum Language {
  /** For clients that prefer no other one. */
  ENGLISH(Locale.ENGLISH, "portal.properties"),

  /** For clients that prefer German. */
  GERMAN(Locale.GERMAN, "portal_de.properties");

  @SuppressWarnings("ImmutableEnumChecker") // Phrases are immutable.
  private final Phrases phrases;

  Language(Locale locale, String file) {
    this.phrases = Phrases.of(locale, Language.class, file);
  }

  /** Returns the language that the address of a page names, or the one that the client prefers. */
  static Language of(HttpServletRequest request) {
    String named = request.getParameter("lang");
    for (Language language : values()) {
      if (language.code().equals(named)) {
        return language;
      }
    }
    return Phrases.isGermanPreferred(request) ? GERMAN : ENGLISH;
  }

  /** Returns the other language. */
  Language other() {
    return this == ENGLISH ? GERMAN : ENGLISH;
  }

  /** Returns the code of the language. */
  String code() {
    return phrases.language();
  }

  /** Returns a text with its numbered arguments. */
  String text(String name, Object... arguments) {
    return phrases.text(name, arguments);
  }

  /** Returns a text if there is one of this name, and the alternative if there is none. */
  String textOr(String otherwise, String name) {
    return phrases.textOr(otherwise, name);
  }
}
