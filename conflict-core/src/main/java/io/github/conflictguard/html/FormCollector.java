package io.github.conflictguard.html;

import io.github.conflictguard.html.Labels.Label;
import io.github.conflictguard.html.token.HtmlListener;
import io.github.conflictguard.html.token.StartTag;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the forms of a page from its tags. Not safe for use by several threads.
 *
 * <p>Which elements belong to a form, and which values are sent, follows the HTML standard
 * (4.10.18.3 and 4.10.21.4).
 */
public final class FormCollector implements HtmlListener {

  private static final int LONGEST_TITLE = 400;

  private final PageText page;
  private final boolean naming;
  private final Supplier<@Nullable Charset> charset;
  private final PageForms forms = new PageForms();
  private final Labels labels = new Labels();
  private final NearText near;
  private final ControlCollector controls;
  private final StringBuilder title = new StringBuilder();
  private boolean inTitle;
  private @Nullable String base;
  private int templates;
  private boolean inNoscript;

  /** Whether the open form is intended for browsers without scripts. */
  private boolean forNoscript;

  /**
   * Creates a collector.
   *
   * @param decode decodes the characters that were given to the tokenizer
   * @param charset supplies the charset of the page, or null, when a form begins
   * @param naming whether to collect the visible names of the page and its fields
   */
  public FormCollector(
      UnaryOperator<String> decode, Supplier<@Nullable Charset> charset, boolean naming) {
    this.page = new PageText(decode);
    this.naming = naming;
    this.charset = charset;
    this.near = new NearText(decode);
    this.controls = new ControlCollector(page, forms, labels, near, naming);
  }

  /**
   * Returns the forms so far, in document order. Forms that are still open are included as they
   * are.
   */
  public List<FormSnapshot> forms() {
    controls.endOfControl();
    return forms.close(labels, title());
  }

  /** Returns the start tag of the open form; null when no form is open. */
  public @Nullable FormStartTag open() {
    return forms.open();
  }

  /** Returns the most recent form with the fields found so far; null when there is none. */
  public @Nullable FormSnapshot last() {
    return forms.last(labels);
  }

  /** Returns the form to which an element that starts now belongs; null when none is known yet. */
  public @Nullable FormStartTag ownerOf(StartTag tag) {
    int place = placeOfOwner(tag);
    return place < 0 ? null : forms.start(place);
  }

  /**
   * Returns the zero-based index of the form to which an element belongs; negative when it belongs
   * to none.
   */
  public int placeOfOwner(StartTag tag) {
    return forms.placeOf(page.of(tag, "form"));
  }

  /** Returns the title of the page; null when it has none. */
  private @Nullable String title() {
    String text = page.ofLabel(title.toString());
    return text.isEmpty() ? null : text;
  }

  /** Returns the base URL of the page; null when it declares none. */
  public @Nullable String base() {
    return base;
  }

  /** Returns whether the forms exceed the size limit. */
  public boolean isOver() {
    return controls.isOver();
  }

  /** Returns the number of forms that have begun. */
  public int count() {
    return forms.count();
  }

  /** Returns the value of an attribute; null when there is none. */
  public @Nullable String text(StartTag tag, String attribute) {
    return page.of(tag, attribute);
  }

  /**
   * Returns whether the current position is inside a template, which is not part of the page, or
   * inside a part for browsers without scripts within a form for all browsers.
   */
  public boolean isInert() {
    return templates > 0 || (inNoscript && forms.isOpen() && !forNoscript);
  }

  @Override
  public void startTag(StartTag tag) {
    if (tag.name().equals("template")) {
      templates++;
    }
    if (tag.name().equals("noscript")) {
      inNoscript = true;
    }
    if (isInert()) {
      return;
    }
    if (naming) {
      near.startTag(tag, span(tag));
    }
    switch (tag.name()) {
      case "title":
        inTitle = naming && title.length() == 0;
        break;
      case "base":
        base = base == null ? page.of(tag, "href") : base;
        break;
      case "form":
        beginForm(tag);
        break;
      case "label":
        closeLabel();
        if (naming) {
          labels.begin(page.of(tag, "for"));
        }
        break;
      default:
        controls.startTag(tag);
    }
  }

  @Override
  public void endTag(String name) {
    if (name.equals("template")) {
      templates = Math.max(0, templates - 1);
    }
    if (name.equals("noscript")) {
      endOfNoscript();
    }
    if (isInert()) {
      return;
    }
    if (naming && !name.equals("label")) {
      near.endTag(name);
    }
    switch (name) {
      case "title":
        inTitle = false;
        break;
      case "form":
        controls.endOfControl();
        forms.end();
        break;
      case "label":
        closeLabel();
        break;
      default:
        controls.endTag(name);
    }
  }

  @Override
  public void text(char c) {
    if (isInert()) {
      return;
    }
    if (controls.isReadingValue()) {
      controls.value(c);
    } else if (inTitle) {
      if (title.length() < LONGEST_TITLE) {
        title.append(c);
      }
    } else if (naming && !controls.isInSelect()) {
      near.text(c);
      Label label = labels.current();
      if (label != null) {
        label.append(c);
      }
    }
  }

  @Override
  public void text(String part, int from, int to) {
    if (isInert()) {
      return;
    }
    if (controls.isReadingValue()) {
      controls.value(part, from, to);
    } else if (inTitle) {
      title.append(part, from, Math.min(to, from + LONGEST_TITLE - title.length()));
    } else if (naming && !controls.isInSelect()) {
      near.text(part, from, to);
      Label label = labels.current();
      if (label != null) {
        label.append(part, from, to);
      }
    }
  }

  private void beginForm(StartTag tag) {
    // Forms cannot be nested (13.2.6.4.7).
    if (!forms.isOpen()) {
      forms.begin(new FormStartTag(tag, page::ofAttribute, base, charset.get()));
      forNoscript = inNoscript;
    }
  }

  /**
   * Ends {@code noscript} and discards a form that began inside of it: browsers with scripts do not
   * see it.
   */
  private void endOfNoscript() {
    if (inNoscript && forNoscript && forms.isOpen()) {
      controls.endOfControl();
      forms.end();
    }
    inNoscript = false;
  }

  private void closeLabel() {
    Label label = labels.end();
    if (label != null) {
      page.close(label);
      near.endOfLabel(label.id());
    }
  }

  /** Returns the number of table columns that an element spans. */
  private static int span(StartTag tag) {
    String columns = tag.raw("colspan");
    return columns != null && columns.trim().matches("[1-9][0-9]?")
        ? Integer.parseInt(columns.trim())
        : 1;
  }
}
