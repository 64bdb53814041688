package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.LineMerge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value, in the case of a long one only the differing lines with their context. Not safe
 * for use by several threads.
 */
final class VersionMarkup {

  /** The number of unchanged lines around those that differ. */
  private static final int AROUND = 2;

  private final Texts texts;
  private final Markup html;

  VersionMarkup(Texts texts, Markup html) {
    this.texts = texts;
    this.html = html;
  }

  /**
   * Writes a value.
   *
   * @param reference the value to compare with; null for none
   */
  void write(String value, @Nullable String reference) {
    List<String> lines = LineMerge.of(value);
    List<String> old = reference == null ? null : LineMerge.of(reference);
    int[] origins = old == null ? null : LineMerge.origins(old, lines);
    html.tag("<span class=\"value\">");
    if (value.isEmpty()) {
      html.tag("<em>").text(texts.get("field.empty")).tag("</em>");
    } else if (old == null || origins == null || (lines.size() == 1 && old.size() == 1)) {
      html.tag("<bdi>").text(LineMerge.unified(value)).tag("</bdi>");
    } else {
      lines(lines, old.size(), origins);
    }
    html.tag("</span>\n");
  }

  private void lines(List<String> lines, int oldSize, int[] origins) {
    int written = 0;
    boolean replaced = false;
    int last = -1;
    for (int i = 0; i <= lines.size(); i++) {
      boolean end = i == lines.size();
      int origin = end ? oldSize : origins[i];
      if (origin < 0) {
        skip(lines.subList(written, i));
        html.tag("<mark class=\"line\"><span class=\"unseen\">")
            .text(texts.get("line.different"))
            .tag(" </span><bdi>")
            .text(lines.get(i))
            .tag("</bdi></mark>");
        written = i + 1;
        replaced = true;
        continue;
      }
      int removed = origin - last - 1;
      if (removed > 0 && !replaced) {
        skip(lines.subList(written, i));
        written = i;
        note(texts.get(removed == 1 ? "line.removed-one" : "line.removed-several", removed));
      }
      last = origin;
      replaced = false;
      if (!end && isNear(i, lines.size(), oldSize, origins)) {
        skip(lines.subList(written, i));
        line(lines.get(i));
        written = i + 1;
      }
    }
    skip(lines.subList(written, lines.size()));
  }

  private static boolean isNear(int line, int size, int oldSize, int[] origins) {
    for (int i = Math.max(0, line - AROUND); i <= Math.min(size, line + AROUND); i++) {
      boolean different = i < size && origins[i] < 0;
      if (different || (i > line - AROUND && isRemoved(i, size, oldSize, origins))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether lines before this one were removed without a replacement. */
  private static boolean isRemoved(int line, int size, int oldSize, int[] origins) {
    int before = line == 0 ? -1 : origins[line - 1];
    int origin = line == size ? oldSize : origins[line];
    return origin >= 0 && (line == 0 || before >= 0) && origin != before + 1;
  }

  private void skip(List<String> lines) {
    if (lines.size() == 1) {
      line(lines.get(0));
    } else if (!lines.isEmpty()) {
      note(texts.get("line.same", lines.size()));
    }
  }

  private void line(String text) {
    html.tag("<span class=\"line\"><bdi>").text(text).tag("</bdi></span>");
  }

  private void note(String text) {
    html.tag("<small class=\"line\">").text(text).tag("</small>");
  }
}
