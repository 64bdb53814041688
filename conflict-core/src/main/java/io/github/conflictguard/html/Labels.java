package io.github.conflictguard.html;

import io.github.conflictguard.html.token.CharacterReferences;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The labels of a page. Not safe for use by several threads. */
final class Labels {

  private final Map<String, Label> byId = new HashMap<>();

  private @Nullable Label current;

  /** Begins a label, which ends with {@link #end}. */
  void begin(@Nullable String id) {
    current = new Label(id);
    if (id != null) {
      byId.putIfAbsent(id, current);
    }
  }

  /** Returns the label that has begun and not ended; null when there is none. */
  @Nullable Label current() {
    return current;
  }

  /** Ends the current label, and returns it; null when there is none. */
  @Nullable Label end() {
    Label ended = current;
    current = null;
    return ended;
  }

  /** Returns the label of a control; null when it has none. */
  @Nullable String of(OpenField.Control control) {
    Label byItsId = control.id == null ? null : byId.get(control.id);
    if (byItsId != null && !byItsId.text().isEmpty()) {
      return byItsId.text();
    }
    Label around = control.around;
    if (around != null && around.id == null && !around.text().isEmpty()) {
      return around.text();
    }
    if (control.own != null) {
      return control.own;
    }
    String near = control.near.name();
    return near == null ? control.hint : near;
  }

  /** Makes a label from the text of a page: one line, without the colon or star at its end. */
  static String text(String raw, UnaryOperator<String> decode) {
    return Label.inOneLine(CharacterReferences.resolve(decode.apply(raw), false));
  }

  /** One label. */
  static final class Label {

    /** Longer labels are truncated. */
    private static final int LONGEST = 200;

    private final @Nullable String id;
    private final StringBuilder raw = new StringBuilder();
    private String text = "";

    Label(@Nullable String id) {
      this.id = id;
    }

    /** Returns the id of the labelled control; null when the label does not refer to an id. */
    @Nullable String id() {
      return id;
    }

    void append(char c) {
      if (raw.length() < 2 * LONGEST) {
        raw.append(c);
      }
    }

    void append(String part, int from, int to) {
      raw.append(part, from, Math.min(to, from + Math.max(0, 2 * LONGEST - raw.length())));
    }

    void close(UnaryOperator<String> decode) {
      text = Labels.text(raw.toString(), decode);
      raw.setLength(0);
    }

    String text() {
      return text;
    }

    private static String inOneLine(String text) {
      StringBuilder line = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean space = c == ' ' || c == '\u00A0' || (c >= '\t' && c <= '\r');
        if (!space) {
          line.append(c);
        } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
          line.append(' ');
        }
      }
      int end = line.length();
      // A colon, or the star of a required field.
      while (end > 0 && " :*".indexOf(line.charAt(end - 1)) >= 0) {
        end--;
      }
      String label = line.substring(0, end);
      return label.length() > LONGEST ? label.substring(0, LONGEST) : label;
    }
  }
}
