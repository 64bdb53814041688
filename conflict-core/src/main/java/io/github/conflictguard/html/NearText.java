package io.github.conflictguard.html;

import io.github.conflictguard.html.token.StartTag;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The text next to the controls of a page, for those without a label: in the preceding cell, at the
 * head of the column, in a {@code dt}, or earlier in the same paragraph; for check boxes and radio
 * buttons also after the control. Also collects the legends of field sets. Not safe for use by
 * several threads.
 */
final class NearText {

  private static final int LONGEST = 400;
  private static final int DEEPEST = 64;

  /** Elements at which one piece of text ends and another one begins. */
  private static final Set<String> BOUNDARIES = names("p div li dt dd td th br hr tr label");

  /** Elements that separate the text before them from what follows. */
  private static final Set<String> ENDS =
      names("form fieldset ul ol dl h1 h2 h3 h4 h5 h6 header nav section main thead tbody");

  /** Elements whose text is not the name of a field. */
  private static final Set<String> IGNORED = names("a button script style title noscript h1 h2 h3");

  private final UnaryOperator<String> decode;
  private final StringBuilder piece = new StringBuilder();
  private final Deque<TableText> tables = new ArrayDeque<>();
  private final Deque<String> legends = new ArrayDeque<>();
  private String last = "";
  private int ignored;
  private @Nullable Spot choice;
  private boolean inLegend;
  private boolean hadControl;

  /**
   * Creates a collector.
   *
   * @param decode decodes the characters that were given to the tokenizer
   */
  NearText(UnaryOperator<String> decode) {
    this.decode = decode;
  }

  void text(char c) {
    if (ignored == 0 && piece.length() < LONGEST) {
      piece.append(c);
    }
  }

  void text(String part, int from, int to) {
    if (ignored == 0) {
      piece.append(part, from, Math.min(to, from + Math.max(0, LONGEST - piece.length())));
    }
  }

  /**
   * Begins an element.
   *
   * @param span the number of columns it spans
   */
  void startTag(StartTag tag, int span) {
    String name = tag.name();
    if (BOUNDARIES.contains(name) || ENDS.contains(name) || name.equals("legend")) {
      endOfPiece();
      leaveChoice(name);
    }
    if (IGNORED.contains(name)) {
      ignored++;
    }
    TableText table = tables.peek();
    switch (name) {
      case "table":
        endOfPiece();
        if (tables.size() < DEEPEST) {
          tables.push(new TableText());
        }
        last = "";
        break;
      case "tr":
        if (table != null) {
          table.beginRow();
        }
        last = "";
        break;
      case "td":
      case "th":
        if (table != null) {
          table.beginCell(name.equals("th"), span);
        }
        break;
      case "fieldset":
        if (legends.size() < DEEPEST) {
          legends.push("");
        }
        last = "";
        break;
      case "legend":
        inLegend = true;
        break;
      case "label":
        hadControl = false;
        break;
      default:
        if (ENDS.contains(name)) {
          last = "";
        }
    }
  }

  void endTag(String name) {
    if (IGNORED.contains(name)) {
      ignored = Math.max(0, ignored - 1);
    }
    if (name.equals("legend")) {
      endOfLegend();
    } else if (BOUNDARIES.contains(name) || ENDS.contains(name)) {
      endOfPiece();
      leaveChoice(name);
    }
    if (ENDS.contains(name)) {
      last = "";
    }
    switch (name) {
      case "table":
        endOfPiece();
        tables.poll();
        last = "";
        break;
      case "tr":
        if (!tables.isEmpty()) {
          tables.peek().endRow();
        }
        break;
      case "fieldset":
        legends.poll();
        break;
      default:
    }
  }

  /**
   * Ends the search for the text of a check box or radio button: at the end of its row or group,
   * and, where a preceding text names it, at the end of its cell or paragraph.
   */
  private void leaveChoice(String boundary) {
    Spot open = choice;
    boolean inLine = boundary.equals("label") || boundary.equals("br");
    if (open != null && !inLine) {
      boolean outside = boundary.equals("tr") || !BOUNDARIES.contains(boundary);
      choice = outside || !open.before.isEmpty() ? null : open;
    }
  }

  /**
   * Ends a label. Its text names its own control, unless it has none.
   *
   * @param id the id of the control that the label names; null when it names none
   */
  void endOfLabel(@Nullable String id) {
    if (id != null || hadControl) {
      String text = Labels.text(piece.toString(), decode);
      boolean fits = choice != null && (id == null || id.equals(choice.id));
      if (choice != null && fits && !text.isEmpty()) {
        choice.behind = text;
      }
      choice = null;
      piece.setLength(0);
      last = "";
    } else {
      endOfPiece();
    }
  }

  /**
   * Adds a control that users see.
   *
   * @param isChoice whether its text follows it, as for a check box or radio button
   * @param id the id by which a label refers to it; null when it has none
   */
  Spot control(boolean isChoice, @Nullable String id) {
    endOfPiece();
    TableText table = tables.peek();
    String before = last.isEmpty() && table != null ? table.nameOfCell() : last;
    Spot spot = new Spot(before, legend(), id);
    if (table != null) {
      table.noteControl();
    }
    hadControl = true;
    last = "";
    choice = isChoice ? spot : null;
    return spot;
  }

  /** Returns the legend of the field set that is open; null when there is none. */
  private @Nullable String legend() {
    for (String legend : legends) {
      if (!legend.isEmpty()) {
        return legend;
      }
    }
    return null;
  }

  private void endOfLegend() {
    String text = Labels.text(piece.toString(), decode);
    piece.setLength(0);
    inLegend = false;
    if (!legends.isEmpty()) {
      legends.pop();
      legends.push(text);
    }
    last = "";
  }

  private void endOfPiece() {
    if (piece.length() == 0 || inLegend) {
      return;
    }
    String text = Labels.text(piece.toString(), decode);
    piece.setLength(0);
    if (text.isEmpty()) {
      return;
    }
    if (choice != null) {
      choice.behind = text;
      choice = null;
      return;
    }
    last = text;
    if (!tables.isEmpty()) {
      tables.peek().noteText(text);
    }
  }

  /** The text next to one control. Not safe for use by several threads. */
  static final class Spot {

    /** The text next to a control that is not visible. */
    static final Spot NONE = new Spot("", null, null);

    private final String before;
    private final @Nullable String legend;
    private final @Nullable String id;
    private String behind = "";

    private Spot(String before, @Nullable String legend, @Nullable String id) {
      this.id = id;
      this.before = before;
      this.legend = legend;
    }

    /** Returns the text that names the control; null when there is none. */
    @Nullable String name() {
      String name = behind.isEmpty() ? before : behind;
      return name.isEmpty() ? null : name;
    }

    /**
     * Returns the text that names the group of choices to which the control belongs; null when
     * there is none.
     */
    @Nullable String question() {
      return behind.isEmpty() || before.isEmpty() ? null : before;
    }

    /** Returns the legend of the field set around it; null when there is none. */
    @Nullable String legend() {
      return legend;
    }
  }

  private static Set<String> names(String separatedBySpaces) {
    return new HashSet<>(Arrays.asList(separatedBySpaces.split(" ")));
  }
}
