package io.github.conflictguard.servlet.page;

import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.merge.MergedField;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the options of a field, each with a note about who has selected or unselected it. Not safe
 * for use by several threads.
 */
final class OptionsMarkup {

  private final MergedField field;
  private final Texts texts;
  private final Markup html;
  private final @Nullable Set<String> started;
  private final @Nullable Set<String> current;
  private final Set<String> yours;

  OptionsMarkup(MergedField field, Texts texts, Markup html) {
    this.field = field;
    this.started = field.getStarted() == null ? null : new HashSet<>(field.getStarted());
    this.current = field.getCurrent() == null ? null : new HashSet<>(field.getCurrent());
    this.yours = new HashSet<>(field.getYours());
    this.texts = texts;
    this.html = html;
  }

  /**
   * Writes the options.
   *
   * @param type the type of the inputs: {@code checkbox} or {@code radio}
   * @param note the id of the element that describes them; empty for none
   */
  void write(String type, String note) {
    Set<String> proposal = new HashSet<>(field.getProposal());
    for (FieldOption option : field.getOptions()) {
      html.tag("<label class=\"option\"><input")
          .attribute("type", type)
          .attribute("name", field.getName())
          .attribute("value", option.value())
          .tag(proposal.contains(option.value()) ? " checked" : "");
      if (!note.isEmpty()) {
        html.attribute("aria-describedby", note);
      }
      html.tag("> <span>").text(field.textOf(option.value())).tag("</span>");
      String who = who(option.value());
      if (!who.isEmpty()) {
        html.tag(" <span class=\"badge\">").text(who).tag("</span>");
      }
      html.tag("</label>\n");
    }
  }

  private String who(String option) {
    boolean mine = yours.contains(option);
    if (started == null) {
      return current == null || mine == current.contains(option)
          ? ""
          : texts.get(mine ? "option.only-yours" : "option.only-current");
    }
    boolean before = started.contains(option);
    boolean byYou = mine != before;
    boolean byThem = current != null && current.contains(option) != before;
    if (byYou && byThem) {
      return texts.get(mine ? "option.added-by-both" : "option.removed-by-both");
    }
    if (byYou) {
      return texts.get(mine ? "option.added-by-you" : "option.removed-by-you");
    }
    return byThem ? texts.get(before ? "option.removed-by-them" : "option.added-by-them") : "";
  }
}
