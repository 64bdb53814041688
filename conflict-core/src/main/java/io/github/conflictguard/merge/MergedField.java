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
 * A field in its three versions, with a proposed value. Immutable.
 *
 * <p>Versions are lists: empty where nothing was chosen, with several elements where several
 * options are chosen or the form has several fields of one name. Values of passwords and files are
 * never included.
 */
public final class MergedField {

  private final String name;
  private final FieldKind kind;
  private final String label;
  private final List<FieldOption> options;

  /** The visible texts of the options, by value. */
  private final Map<String, String> texts = new HashMap<>();

  private final @Nullable List<String> started;
  private final @Nullable List<String> current;
  private final List<String> yours;
  private final List<String> proposal;
  private final Change change;
  private final boolean decided;
  private final @Nullable String group;

  /**
   * Creates a merged field.
   *
   * @param decided whether the proposal settles changes of both sides
   */
  MergedField(
      FieldVersions field,
      String label,
      ValueVersions values,
      List<String> proposal,
      boolean decided) {
    this.name = field.name;
    this.kind = field.visibleKind(values);
    this.label = label;
    this.options = Collections.unmodifiableList(new ArrayList<>(field.options()));
    for (FieldOption option : options) {
      if (!option.text().isEmpty()) {
        texts.putIfAbsent(option.value(), option.text());
      }
    }
    this.started = values.started;
    this.current = values.current;
    this.yours = values.yours;
    this.proposal = proposal;
    this.change = values.change();
    this.decided = decided;
    this.group = field.group();
  }

  /** Returns the legend of the field set that contains the field; null when there is none. */
  public @Nullable String getGroup() {
    return group;
  }

  /** Returns whether all versions of the field are known and equal. */
  public boolean isUntouched() {
    return change == Change.SAME && started != null && current != null && !isNeverShown(kind);
  }

  /** Returns the name under which it is sent. */
  public String getName() {
    return name;
  }

  /** Returns the kind of the field. */
  public FieldKind getKind() {
    return kind;
  }

  /** Returns the label of the field on the page, or one derived from its name. */
  public String getLabel() {
    return label;
  }

  /** Returns the options with their visible texts. Unmodifiable; empty for text fields. */
  public List<FieldOption> getOptions() {
    return options;
  }

  /** Returns the values when the page was loaded; null when they are not known. */
  public @Nullable List<String> getStarted() {
    return started;
  }

  /** Returns the current values; null when they are not known. */
  public @Nullable List<String> getCurrent() {
    return current;
  }

  /** Returns the values that were sent. */
  public List<String> getYours() {
    return yours;
  }

  /**
   * Returns the proposed values: the changes of both sides, and the sender's where they conflict.
   */
  public List<String> getProposal() {
    return proposal;
  }

  /** Returns which sides have changed the field. */
  public Change getChange() {
    return change;
  }

  /** Returns whether both sides have changed the field and a user has to decide. */
  public boolean isDecisionNeeded() {
    return change == Change.BOTH && !decided;
  }

  /** Returns whether both sides have changed the field, and the proposal contains both changes. */
  public boolean isCombined() {
    return change == Change.BOTH && decided;
  }

  /** Returns whether values of such a field are never sent to the browser again. */
  public static boolean isNeverShown(FieldKind kind) {
    return kind == FieldKind.PASSWORD || kind == FieldKind.FILE;
  }

  /** Returns whether the field is a text, not a choice among options. */
  public boolean isTyped() {
    return kind == FieldKind.TEXT
        || kind == FieldKind.TEXTAREA
        || kind == FieldKind.HIDDEN
        || kind == FieldKind.OTHER;
  }

  /** Returns whether the field accepts any number of options. */
  public boolean isSet() {
    return kind == FieldKind.CHECKBOX || kind == FieldKind.SELECT_MANY;
  }

  /** Returns whether each version is a single value, so that versions can replace each other. */
  public boolean isSingle() {
    return !isSet()
        && yours.size() == 1
        && (started == null || started.size() == 1)
        && (current == null || current.size() == 1);
  }

  /**
   * Returns the visible text of a value; never the value itself for the only option of a check box.
   */
  public String textOf(String value) {
    boolean alone = kind == FieldKind.CHECKBOX && options.size() == 1;
    return texts.getOrDefault(value, alone ? label : value);
  }

  @Override
  public String toString() {
    return name + " " + change + " " + started + " -> " + yours + " / " + current;
  }
}
