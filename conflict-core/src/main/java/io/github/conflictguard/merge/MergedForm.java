package io.github.conflictguard.merge;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A form that came too late, brought together with what there is now. A pure function of the three
 * versions, and immutable.
 *
 * <p>Field by field: what only one side has changed is taken from that side. What both have changed
 * is taken from the sender, and marked, unless both fit beside each other: different options of one
 * field, different lines of one text. What the sender does not see is taken from the current page,
 * if the sender's script has not changed it: it has the application's new tokens and versions.
 */
public final class MergedForm {

  private final List<MergedField> fields;
  private final List<HiddenField> hidden;
  private final @Nullable PressedButton button;
  private final boolean compared;

  MergedForm(
      List<MergedField> fields,
      List<HiddenField> hidden,
      @Nullable PressedButton button,
      boolean compared) {
    this.fields = Collections.unmodifiableList(fields);
    this.hidden = Collections.unmodifiableList(hidden);
    this.button = button;
    this.compared = compared;
  }

  /**
   * Brings the versions together.
   *
   * @param started the form as the sender had got it; null when nobody remembers
   * @param current the form as the sender would get it now; null when that is not known
   * @param sent the fields of the request's body by their names, in the order in which they came
   * @param technical whether a field of this name is none of the application's data, a token
   *     against forged requests for example, and never shown
   */
  public static MergedForm of(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent,
      Predicate<String> technical) {
    return of(started, current, sent, technical, name -> FieldKind.OTHER);
  }

  /**
   * Brings the versions together.
   *
   * @param kindOf gives the kinds of fields that are in none of the two forms
   */
  public static MergedForm of(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent,
      Predicate<String> technical,
      Function<String, FieldKind> kindOf) {
    return new FormMerge(started, current, sent, technical).merge(kindOf);
  }

  /** What people see, in the order of the page. Unmodifiable. */
  public List<MergedField> getFields() {
    return fields;
  }

  /** What is sent along. Unmodifiable. */
  public List<HiddenField> getHidden() {
    return hidden;
  }

  /** The button that was pressed; null when the form was sent without one. */
  public @Nullable PressedButton getButton() {
    return button;
  }

  /** Whether it is known what there is now. */
  public boolean isCompared() {
    return compared;
  }

  /** The fields that only a person can decide about, in the order of the page. */
  public List<MergedField> getDecisions() {
    List<MergedField> decisions = new ArrayList<>();
    for (MergedField field : fields) {
      if (field.isDecisionNeeded()) {
        decisions.add(field);
      }
    }
    return decisions;
  }
}
