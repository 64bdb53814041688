package io.github.conflictguard.html.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tracks the open elements of SVG and MathML content, in which element names have other meanings
 * than in HTML (13.2.6.5), and the integration points inside of it that contain HTML again. HTML
 * elements are not tracked: an HTML element that is left open inside an integration point counts as
 * closed by the end tag of that point. Not safe for use by several threads.
 */
final class ForeignContent {

  /** Deeper elements are counted, but not distinguished. */
  private static final int DEEPEST = 64;

  private static final String SVG = "svg";
  private static final String MATH = "math";

  /** Start tags that close foreign content that was left open. */
  private static final Set<String> BREAKING_OUT =
      set(
          "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i"
              + " img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup"
              + " table tt u ul var");

  /**
   * HTML elements that may be open around a drawing. Their end tags close what was left open in it;
   * any other end tag, such as that of {@code path}, is superfluous and ignored.
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

  /** Returns whether an element that starts now is foreign, not an HTML element. */
  boolean isCurrent() {
    return deeper > 0 || (!open.isEmpty() && !top().holdsHtml);
  }

  /**
   * Enters an element.
   *
   * @return whether it is an HTML element
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

  /** Leaves the elements that an end tag closes. */
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

  /** Returns the number of open elements, for {@link #leaveTo}. */
  int depth() {
    return open.size();
  }

  /**
   * Leaves all elements but the outermost ones.
   *
   * @param depth the number of elements that stay open
   */
  void leaveTo(int depth) {
    deeper = 0;
    while (open.size() > depth) {
      pop();
    }
  }

  /**
   * Leaves an integration point by its own end tag, or by that of the enclosing drawing or formula.
   * Other end tags belong to HTML elements.
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

    /** Whether the elements inside of it are HTML elements: an integration point. */
    final boolean holdsHtml;

    /** The number of HTML elements with the same name that are open in it. */
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
