package io.github.conflictguard.merge;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field in the three versions that there are of it, and the one that is proposed. Immutable.
 *
 * <p>Versions are lists: empty where nothing was chosen, longer than one where several options are,
 * or where the form has as many fields of one name. Never anything of a password or a file.
 */
public final class MergedField {

  private final String name;
  private final FieldKind kind;
  private final String label;
  private final List<FieldOption> options;

  /** The words of the options, by their values. */
  private final Map<String, String> texts = new HashMap<>();

  private final @Nullable List<String> started;
  private final @Nullable List<String> current;
  private final List<String> yours;
  private final List<String> proposal;
  private final Change change;
  private final boolean decided;
  private @Nullable String group;

  MergedField(
      String name,
      FieldKind kind,
      String label,
      List<FieldOption> options,
      @Nullable List<String> started,
      @Nullable List<String> current,
      List<String> yours,
      List<String> proposal,
      boolean decided) {
    this.name = name;
    this.kind = kind;
    this.label = label;
    this.options = Collections.unmodifiableList(new ArrayList<>(options));
    for (FieldOption option : options) {
      if (!option.text().isEmpty()) {
        texts.putIfAbsent(option.value(), option.text());
      }
    }
    this.started = started;
    this.current = current;
    this.yours = yours;
    this.proposal = proposal;
    this.change = Change.of(started, current, yours);
    this.decided = decided;
  }

  /** Puts it into a group of the form, before anybody else sees it. */
  MergedField in(@Nullable String legend) {
    this.group = legend;
    return this;
  }

  /** The legend of the field set in which the form has it; null when it is in none. */
  public @Nullable String getGroup() {
    return group;
  }

  /** Whether all versions of it are known, and the same. */
  public boolean isUntouched() {
    return change == Change.SAME && started != null && current != null && !isNeverShown(kind);
  }

  /** The name under which it is sent. */
  public String getName() {
    return name;
  }

  /** What it is to those who fill it in. */
  public FieldKind getKind() {
    return kind;
  }

  /** What the page calls it, or something readable made of its name. */
  public String getLabel() {
    return label;
  }

  /** What can be chosen, in the words of the page. Unmodifiable; empty where anything is typed. */
  public List<FieldOption> getOptions() {
    return options;
  }

  /** What the page held when it was loaded; null when that is not known. */
  public @Nullable List<String> getStarted() {
    return started;
  }

  /** What there is now; null when that is not known. */
  public @Nullable List<String> getCurrent() {
    return current;
  }

  /** What was sent. */
  public List<String> getYours() {
    return yours;
  }

  /** What would be sent if nobody touched it: changes of both, and yours where they clash. */
  public List<String> getProposal() {
    return proposal;
  }

  /** Who has changed it. */
  public Change getChange() {
    return change;
  }

  /** Whether both have changed it and only a person can tell what is to be. */
  public boolean isDecisionNeeded() {
    return change == Change.BOTH && !decided;
  }

  /** Whether both have changed it, and the proposal has the changes of both. */
  public boolean isCombined() {
    return change == Change.BOTH && decided;
  }

  /** Whether the values of such a field never leave the browser a second time. */
  public static boolean isNeverShown(FieldKind kind) {
    return kind == FieldKind.PASSWORD || kind == FieldKind.FILE;
  }

  /** Whether it is a text, rather than a choice among options. */
  public boolean isTyped() {
    return kind == FieldKind.TEXT
        || kind == FieldKind.TEXTAREA
        || kind == FieldKind.HIDDEN
        || kind == FieldKind.OTHER;
  }

  /** Whether it has any number of options. */
  public boolean isSet() {
    return kind == FieldKind.CHECKBOX || kind == FieldKind.SELECT_MANY;
  }

  /** Whether each version of it is one value, so that one can be taken for another. */
  public boolean isSingle() {
    return !isSet()
        && yours.size() == 1
        && (started == null || started.size() == 1)
        && (current == null || current.size() == 1);
  }

  /** What people read for a value; for the only option of a check box never the value. */
  public String textOf(String value) {
    boolean alone = kind == FieldKind.CHECKBOX && options.size() == 1;
    return texts.getOrDefault(value, alone ? label : value);
  }

  @Override
  public String toString() {
    return name + " " + change + " " + started + " -> " + yours + " / " + current;
  }
}
