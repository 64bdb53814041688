package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Follows the open elements of drawings and formulas (SVG, MathML), in which names do not mean what
 * they mean in HTML (13.2.6.5), and the places inside of them that hold HTML again. Elements of
 * HTML are not followed: an element of HTML that is left open inside of such a place is taken as
 * closed by the end tag of the place. For one thread.
 */
final class ForeignContent {

  /** Deeper elements are counted, and not told apart. */
  private static final int DEEPEST = 64;

  private static final String SVG = "svg";
  private static final String MATH = "math";

  /** These end a drawing or formula that was left open. */
  private static final Set<String> BREAKING_OUT =
      set(
          "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i"
              + " img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup"
              + " table tt u ul var");

  /**
   * Elements of HTML that may be open around a drawing. Their end tags close what was left open in
   * it; the end tag of another name, such as {@code path}, is one too many and means nothing.
   */
  private static final Set<String> AROUND =
      set(
          "a address article aside b big blockquote body button caption center code dd details"
              + " dialog div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6"
              + " head header html i label legend li main menu nav ol pre s section small span"
              + " strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var");

  private static final Set<String> HTML_IN_SVG = set("foreignobject desc title");
  private static final Set<String> HTML_IN_MATH = set("mi mo mn ms mtext");
  private static final Set<String> NEVER_HTML_IN_MATH = set("mglyph malignmark");
  private static final Set<String> HTML_ENCODINGS = set("text/html application/xhtml+xml");

  private final List<Open> open = new ArrayList<>();
  private int deeper;

  /** Returns whether what starts now is no element of HTML. */
  boolean isCurrent() {
    return deeper > 0 || (!open.isEmpty() && !top().holdsHtml);
  }

  /**
   * Enters an element.
   *
   * @return whether it is an element of HTML
   */
  boolean enter(StartTag tag) {
    if (isForeign(tag.name())) {
      if (!breaksOut(tag)) {
        push(tag, deeper == 0 && top().math);
        return false;
      }
      popToHtml();
    }
    boolean root = tag.name().equals(SVG) || tag.name().equals(MATH);
    if (root) {
      push(tag, tag.name().equals(MATH));
    } else if (!open.isEmpty() && tag.name().equals(top().name)) {
      top().namesakes++;
    }
    return !root;
  }

  /** Leaves what an end tag closes. */
  void leave(String name) {
    if (deeper > 0) {
      deeper--;
    } else if (!open.isEmpty()) {
      if (top().holdsHtml) {
        leaveHtml(name);
      } else if (name.equals("p") || name.equals("br")) {
        popToHtml();
      } else if (!popThrough(name) && AROUND.contains(name)) {
        popToHtml();
      }
    }
  }

  /** Returns how many elements are open, for {@link #leaveTo}. */
  int depth() {
    return open.size();
  }

  /** Leaves all elements but the first ones. */
  void leaveTo(int depth) {
    deeper = 0;
    while (open.size() > depth) {
      pop();
    }
  }

  /**
   * Leaves a place that holds HTML by its own end tag, or by that of the drawing or formula. Other
   * end tags are those of HTML elements.
   */
  private void leaveHtml(String name) {
    if (name.equals(top().name) && top().namesakes > 0) {
      top().namesakes--;
    } else if (name.equals(top().name) || name.equals(SVG) || name.equals(MATH)) {
      popThrough(name);
    }
  }

  private boolean isForeign(String name) {
    if (deeper > 0 || open.isEmpty()) {
      return deeper > 0;
    }
    Open top = top();
    if (top.math && top.name.equals("annotation-xml") && name.equals(SVG)) {
      return false;
    }
    return !top.holdsHtml || (HTML_IN_MATH.contains(top.name) && NEVER_HTML_IN_MATH.contains(name));
  }

  private static boolean breaksOut(StartTag tag) {
    return BREAKING_OUT.contains(tag.name())
        || (tag.name().equals("font") && (tag.has("color") || tag.has("face") || tag.has("size")));
  }

  private void push(StartTag tag, boolean math) {
    if (tag.isSelfClosing()) {
      return;
    }
    if (open.size() == DEEPEST) {
      deeper++;
    } else {
      open.add(new Open(tag, math));
    }
  }

  private void popToHtml() {
    deeper = 0;
    while (isCurrent()) {
      pop();
    }
  }

  private boolean popThrough(String name) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).name.equals(name)) {
        leaveTo(i);
        return true;
      }
    }
    return false;
  }

  private Open top() {
    return open.get(open.size() - 1);
  }

  private void pop() {
    open.remove(open.size() - 1);
  }

  private static Set<String> set(String words) {
    return new HashSet<>(Arrays.asList(words.split(" ", -1)));
  }

  /** An open element. */
  private static final class Open {

    final String name;
    final boolean math;

    /** Whether elements inside of it are those of HTML: an integration point. */
    final boolean holdsHtml;

    /** How many elements of HTML with the same name are open in it. */
    int namesakes;

    Open(StartTag tag, boolean math) {
      this.name = tag.name();
      this.math = math;
      this.holdsHtml =
          math
              ? HTML_IN_MATH.contains(name) || (name.equals("annotation-xml") && isHtml(tag))
              : HTML_IN_SVG.contains(name);
    }

    private static boolean isHtml(StartTag annotation) {
      String encoding = annotation.raw("encoding");
      return encoding != null && HTML_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT));
    }
  }
}
