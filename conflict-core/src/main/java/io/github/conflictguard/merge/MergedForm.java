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
 * A stale form merged with the current state: a pure function of the three versions. Immutable.
 *
 * <p>Fields are merged one by one. A change that only one side made is taken from that side. Where
 * both sides changed a field, the sender's value is taken and marked, unless both changes are
 * compatible: different options of one field, different lines of one text. Invisible fields are
 * taken from the current page unless the sender's script has changed them: it contains the
 * application's new tokens and versions.
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
   * Merges the versions.
   *
   * @param started the form as it was sent to the client; null when it is not known
   * @param current the form with the current state; null when it is not known
   * @param sent the fields of the request's body by their names, in the order of the body
   * @param technical whether a field of this name holds no data of the application, for example a
   *     CSRF token, and is never shown
   */
  public static MergedForm of(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent,
      Predicate<String> technical) {
    return of(started, current, sent, technical, name -> FieldKind.OTHER);
  }

  /**
   * Merges the versions.
   *
   * @param kindOf returns the kinds of fields that are in neither of the two forms
   */
  public static MergedForm of(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent,
      Predicate<String> technical,
      Function<String, FieldKind> kindOf) {
    return new FormMerge(started, current, sent, technical).merge(kindOf);
  }

  /** Returns the visible fields, in document order. Unmodifiable. */
  public List<MergedField> getFields() {
    return fields;
  }

  /** Returns the hidden fields. Unmodifiable. */
  public List<HiddenField> getHidden() {
    return hidden;
  }

  /** Returns the button that was pressed; null when the form was sent without one. */
  public @Nullable PressedButton getButton() {
    return button;
  }

  /** Returns whether the current state is known. */
  public boolean isCompared() {
    return compared;
  }

  /** Returns the fields that need a decision by a user, in document order. */
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
