package io.github.conflictguard.html.token;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The content of an element that is text up to the end tag of the element (13.2.5.2 to 13.2.5.4).
 * Not safe for use by several threads.
 */
final class RawText {

  /** The characters that begin a comment inside of a script. */
  private static final String ESCAPING = "<!-";

  private final StringBuilder window = new StringBuilder();
  private final StringBuilder name = new StringBuilder();
  private @Nullable String element;
  private ScriptEscapeState escape = ScriptEscapeState.NONE;

  void begin(String itsElement) {
    element = itsElement;
    window.setLength(0);
  }

  void end() {
    element = null;
    escape = ScriptEscapeState.NONE;
    window.setLength(0);
  }

  boolean isOpen() {
    return element != null;
  }

  /** Returns whether the state of a script may depend on its next characters. */
  boolean isNearEscape() {
    char last = window.length() == 0 ? ' ' : window.charAt(window.length() - 1);
    return isScript() && (escape != ScriptEscapeState.NONE || ESCAPING.indexOf(last) >= 0);
  }

  /** Passes text without {@code <}: an escape begins with the next one of these. */
  void pass() {
    window.setLength(0);
  }

  /** Follows a character of the content. */
  void follow(char c) {
    if (isScript()) {
      escape = escape.after(c, window);
    }
  }

  /** Returns whether {@code </} can begin the end tag of the element. */
  boolean canEnd() {
    return escape != ScriptEscapeState.DOUBLE;
  }

  /** Begins what may be the end tag, at its slash. */
  void beginEndTag(char slash) {
    name.setLength(0);
    follow(slash);
  }

  /** Reads a character of the name in the end tag; returns false if it does not belong to it. */
  boolean readName(char c) {
    if (element == null || !Characters.isLetter(c) || name.length() >= element.length()) {
      return false;
    }
    name.append(c);
    follow(c);
    return true;
  }

  /** Returns the element if its name was read; null for any other name. */
  @Nullable String ended() {
    return element != null && element.equals(name.toString().toLowerCase(Locale.ROOT))
        ? element
        : null;
  }

  /** Returns the characters of the name that were read. */
  String name() {
    return name.toString();
  }

  private boolean isScript() {
    return element != null && element.equals("script");
  }
}
