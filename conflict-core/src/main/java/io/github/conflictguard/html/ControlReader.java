package io.github.conflictguard.html;

import io.github.conflictguard.html.OpenField.Control;
import io.github.conflictguard.html.token.StartTag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one control: its value, its place in the page, and what names it. */
final class ControlReader {

  private final PageText page;
  private final Labels labels;
  private final NearText near;
  private final boolean naming;

  ControlReader(PageText page, Labels labels, NearText near, boolean naming) {
    this.page = page;
    this.labels = labels;
    this.near = near;
    this.naming = naming;
  }

  /**
   * Returns a control.
   *
   * @param values the values that are sent if the user changes nothing
   * @param hint its visible name if it has no label; null for none
   */
  Control control(
      StartTag tag,
      String value,
      List<String> values,
      List<FieldOption> options,
      @Nullable String hint) {
    String own = page.of(tag, "aria-label");
    return new Control(
        page.of(tag, "id"),
        own == null || own.trim().isEmpty() ? null : PageText.inOneLine(own),
        spot(tag),
        hint,
        value,
        values,
        options,
        labels.current());
  }

  /** Returns the position of a control among the text of the page, if users see it. */
  private NearText.Spot spot(StartTag tag) {
    if (!naming) {
      return NearText.Spot.NONE;
    }
    String type = tag.name().equals("input") ? PageText.lower(tag.raw("type")) : tag.name();
    switch (type) {
      case "hidden":
      case "submit":
      case "image":
      case "button":
        return NearText.Spot.NONE;
      case "checkbox":
      case "radio":
        return near.control(true, page.of(tag, "id"));
      default:
        return near.control(false, null);
    }
  }

  /** Returns the name of a control that has no label: its content, or one of its attributes. */
  @Nullable String hint(StartTag tag, String content) {
    if (!content.isEmpty()) {
      return content;
    }
    for (String attribute : new String[] {"placeholder", "title", "alt"}) {
      String text = page.of(tag, attribute);
      if (text != null && !text.trim().isEmpty()) {
        return PageText.inOneLine(text);
      }
    }
    return null;
  }
}
