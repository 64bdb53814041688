package io.github.conflictguard.html.token;

import java.util.Locale;

/**
 * The nesting of a script in comments of its own: {@code <!--}, and inside of that {@code
 * <script>}, whose end tag is not that of the script (13.2.5.20 to 13.2.5.31).
 */
enum ScriptEscapeState {
  NONE {
    @Override
    ScriptEscapeState next(String last) {
      return last.endsWith("<!--") ? SINGLE : this;
    }
  },
  SINGLE {
    @Override
    ScriptEscapeState next(String last) {
      return last.endsWith("-->") ? NONE : endsWithTag(last, "<script") ? DOUBLE : this;
    }
  },
  DOUBLE {
    @Override
    ScriptEscapeState next(String last) {
      return last.endsWith("-->") ? NONE : endsWithTag(last, "</script") ? SINGLE : this;
    }
  };

  private static final int WINDOW = "</script>".length();

  /**
   * Returns the state after a character.
   *
   * @param window holds the part of the preceding text that the state machine needs
   */
  ScriptEscapeState after(char c, StringBuilder window) {
    if (window.length() == WINDOW) {
      window.deleteCharAt(0);
    }
    window.append(c);
    return c == '-' || c == '>' || c == '/' || c <= ' '
        ? next(window.toString().toLowerCase(Locale.ROOT))
        : this;
  }

  abstract ScriptEscapeState next(String last);

  private static boolean endsWithTag(String last, String tag) {
    return last.length() > tag.length()
        && last.startsWith(tag, last.length() - tag.length() - 1)
        && last.charAt(last.length() - 1) != '-';
  }
}
