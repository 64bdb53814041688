package io.github.conflictguard.html;

import io.github.conflictguard.html.token.StartTag;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which controls are not sent because of the elements around them (4.10.18.5, 4.10.8). Not safe for
 * use by several threads.
 */
final class BarredControls {

  private final Deque<Boolean> fieldsets = new ArrayDeque<>();
  private int disabledFieldsets;
  private int datalists;
  private int legends;

  void startTag(StartTag tag) {
    switch (tag.name()) {
      case "fieldset":
        fieldsets.push(tag.has("disabled"));
        disabledFieldsets += tag.has("disabled") ? 1 : 0;
        break;
      case "legend":
        legends++;
        break;
      case "datalist":
        datalists++;
        break;
      default:
    }
  }

  void endTag(String name) {
    switch (name) {
      case "fieldset":
        disabledFieldsets -= Boolean.TRUE.equals(fieldsets.poll()) ? 1 : 0;
        break;
      case "legend":
        legends = Math.max(0, legends - 1);
        break;
      case "datalist":
        datalists = Math.max(0, datalists - 1);
        break;
      default:
    }
  }

  /**
   * Returns whether a control that starts now is not sent. Controls in the legend of a disabled
   * field set are.
   */
  boolean contain(StartTag control) {
    return datalists > 0 || control.has("disabled") || (disabledFieldsets > 0 && legends == 0);
  }
}
