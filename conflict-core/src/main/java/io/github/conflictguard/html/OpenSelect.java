package io.github.conflictguard.html;

import io.github.conflictguard.html.token.StartTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list whose options are still being collected. Not safe for use by several threads. */
final class OpenSelect {

  private final StartTag tag;
  private final boolean several;
  private final boolean open;
  private final List<FieldOption> options = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();
  private @Nullable String first;
  private @Nullable StartTag option;
  private @Nullable String value;
  private @Nullable String label;
  private boolean groupDisabled;
  private boolean anySelected;

  OpenSelect(StartTag tag) {
    this.tag = tag;
    this.several = tag.has("multiple");
    String size = tag.raw("size");
    this.open = size != null && !size.trim().equals("1") && size.trim().matches("[1-9][0-9]*");
  }

  StartTag tag() {
    return tag;
  }

  FieldKind kind() {
    return several ? FieldKind.SELECT_MANY : FieldKind.SELECT_ONE;
  }

  boolean isInOption() {
    return option != null;
  }

  /** Begins an option, or a group of options. */
  void begin(StartTag started, @Nullable String itsValue, @Nullable String itsLabel) {
    if (started.name().equals("optgroup")) {
      groupDisabled = started.has("disabled");
    } else {
      option = started;
      value = itsValue;
      label = itsLabel;
    }
  }

  void endOfOption(String text) {
    StartTag ended = option;
    option = null;
    if (ended == null) {
      return;
    }
    String sent = value == null ? text : value;
    options.add(FieldOption.of(sent, label == null || label.isEmpty() ? text : label));
    boolean disabled = groupDisabled || ended.has("disabled");
    if (ended.has("selected")) {
      if (!several) {
        selected.clear();
      }
      anySelected = true;
      if (!disabled) {
        selected.add(sent);
      }
    }
    if (first == null && !disabled) {
      first = sent;
    }
  }

  void endOfGroup() {
    groupDisabled = false;
  }

  List<FieldOption> options() {
    return options;
  }

  /**
   * Returns the values that are sent: for a drop-down list without a selected option, the first
   * one.
   */
  List<String> chosen() {
    boolean folded = !several && !open;
    return folded && !anySelected && first != null ? Collections.singletonList(first) : selected;
  }
}
