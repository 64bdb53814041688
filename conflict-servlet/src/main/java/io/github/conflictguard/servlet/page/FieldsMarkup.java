package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.MergedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of the page in the order and the groups of the application's form. On a long
 * page, consecutive fields that are equal in all versions are folded. Not safe for use by several
 * threads.
 */
final class FieldsMarkup {

  /** The number of fields from which a page is long. */
  private static final int LONG = 6;

  /** The maximum number of folded fields that are listed by name. */
  private static final int MOST_NAMED = 4;

  private final List<MergedField> fields;
  private final boolean typing;
  private final Texts texts;
  private final Markup html;

  FieldsMarkup(List<MergedField> fields, boolean typing, Texts texts, Markup html) {
    this.fields = fields;
    this.typing = typing;
    this.texts = texts;
    this.html = html;
  }

  void write() {
    boolean folding = fields.size() >= LONG && !fields.stream().allMatch(MergedField::isUntouched);
    String open = null;
    for (int i = 0; i < fields.size(); ) {
      String group = fields.get(i).getGroup();
      if (!Objects.equals(group, open)) {
        end(open);
        begin(group);
        open = group;
      }
      int end = i + 1;
      while (end < fields.size()
          && Objects.equals(fields.get(end).getGroup(), group)
          && fields.get(end).isUntouched() == fields.get(i).isUntouched()) {
        end++;
      }
      if (folding && fields.get(i).isUntouched() && end - i > 1) {
        fold(i, end);
      } else {
        write(i, end);
      }
      i = end;
    }
    end(open);
  }

  private void begin(@Nullable String group) {
    if (group != null) {
      html.tag("<fieldset class=\"group\">\n<legend>").text(group).tag("</legend>\n");
    }
  }

  private void end(@Nullable String group) {
    if (group != null) {
      html.tag("</fieldset>\n");
    }
  }

  private void fold(int from, int end) {
    List<String> named = new ArrayList<>();
    for (MergedField field : fields.subList(from, Math.min(end, from + MOST_NAMED))) {
      named.add(field.getLabel());
    }
    if (end - from > MOST_NAMED) {
      named.add("\u2026");
    }
    html.tag("<details class=\"same\">\n<summary>")
        .text(texts.get("form.same", end - from, String.join(", ", named)))
        .tag("</summary>\n<div>\n");
    write(from, end);
    html.tag("</div>\n</details>\n");
  }

  private void write(int from, int end) {
    for (int i = from; i < end; i++) {
      new FieldMarkup(fields.get(i), i, typing, texts, html).write();
    }
  }
}
