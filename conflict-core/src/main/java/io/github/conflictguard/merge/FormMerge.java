package io.github.conflictguard.merge;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The implementation of {@link MergedForm#of}. Not safe for use by several threads. */
final class FormMerge {

  private final @Nullable List<FormField> started;
  private final @Nullable List<FormField> current;
  private final Map<String, List<String>> sent;
  private final Predicate<String> technical;
  private final List<MergedField> fields = new ArrayList<>();
  private final List<HiddenField> hidden = new ArrayList<>();
  private @Nullable PressedButton button;

  FormMerge(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent,
      Predicate<String> technical) {
    this.started = started;
    this.current = current;
    this.sent = sent;
    this.technical = technical;
  }

  MergedForm merge(Function<String, FieldKind> kindOf) {
    for (FieldVersions versions : FieldVersions.of(started, current, sent, kindOf)) {
      if (versions.isPartOfRequest(sent)) {
        add(versions);
      }
    }
    return new MergedForm(fields, hidden, button, current != null);
  }

  private void add(FieldVersions versions) {
    switch (versions.kind) {
      case SUBMIT:
        addButton(versions.button());
        break;
      case PASSWORD:
      case FILE:
        List<String> nothing = Collections.emptyList();
        ValueVersions none = new ValueVersions(nothing, nothing, nothing);
        add(versions, versions.label(), none, nothing, true);
        break;
      case CHECKBOX:
      case SELECT_MANY:
        addSet(versions);
        break;
      default:
        boolean unseen =
            technical.test(versions.name)
                || (versions.kind == FieldKind.OTHER && (started != null || current != null));
        if (unseen && isTyped(versions)) {
          List<String> was = versions.startedValues();
          addValues(versions, versions.label(), new ValueVersions(was, was, versions.yours()));
        } else if (versions.kind == FieldKind.HIDDEN || unseen) {
          addUnseen(versions, unseen);
        } else {
          addSeen(versions);
        }
    }
  }

  /**
   * Returns whether the sender has filled in a visible field. Such a field may be one that is
   * ignored as a value, for example the summary of a change: the typed text is kept.
   */
  private static boolean isTyped(FieldVersions versions) {
    List<String> was = versions.startedValues();
    return versions.kind != FieldKind.HIDDEN
        && versions.kind != FieldKind.OTHER
        && (was == null || !LineMerge.equal(was, versions.yours()));
  }

  /** Adds a button. An image button sends two values. */
  private void addButton(PressedButton pressed) {
    if (button == null) {
      button = pressed;
    } else {
      hidden.add(new HiddenField(pressed.getName(), pressed.getValue()));
    }
  }

  /** Adds an invisible field. It needs a decision only if both sides have changed it. */
  private void addUnseen(FieldVersions versions, boolean never) {
    List<String> was = versions.startedValues();
    List<String> now = versions.currentValues();
    boolean changed = was != null && !LineMerge.equal(was, versions.yours());
    if (changed && !never && Change.of(was, now, versions.yours()) == Change.BOTH) {
      addSeen(versions);
      return;
    }
    for (String value : now == null || (changed && !never) ? versions.yours() : now) {
      hidden.add(new HiddenField(versions.name, value));
    }
  }

  private void addSeen(FieldVersions versions) {
    List<String> was = versions.startedValues();
    List<String> now = versions.currentValues();
    int size = versions.yours().size();
    // Radio buttons of one name form one group, of which a browser sends one value.
    boolean inRows =
        size > 1
            && versions.kind != FieldKind.RADIO
            && (was == null || was.size() == size)
            && (now == null || now.size() == size);
    if (!inRows) {
      addValues(versions, versions.label(), new ValueVersions(was, now, versions.yours()));
      return;
    }
    for (int row = 0; row < size; row++) {
      addValues(
          versions,
          versions.label() + " (" + (row + 1) + ")",
          new ValueVersions(
              was == null ? null : was.subList(row, row + 1),
              now == null ? null : now.subList(row, row + 1),
              versions.yours().subList(row, row + 1)));
    }
  }

  private void addValues(FieldVersions versions, String label, ValueVersions values) {
    LineMerge.Combined combined = combined(values);
    List<String> now = values.current;
    List<String> proposal =
        combined != null
            ? Collections.singletonList(combined.text)
            : now != null && values.change() == Change.ONLY_THEIRS ? now : values.yours;
    add(versions, label, values, proposal, combined != null && combined.clean);
  }

  /** Combines texts of several lines. Texts of one line are not split. */
  private static LineMerge.@Nullable Combined combined(ValueVersions values) {
    List<String> was = values.started;
    List<String> now = values.current;
    List<String> yours = values.yours;
    if (was == null || now == null || values.change() != Change.BOTH) {
      return null;
    }
    if (was.size() != 1 || now.size() != 1 || yours.size() != 1) {
      return null;
    }
    boolean oneLine =
        LineMerge.of(yours.get(0)).size() == 1 && LineMerge.of(now.get(0)).size() == 1;
    return oneLine ? null : LineMerge.combine(was.get(0), yours.get(0), now.get(0));
  }

  private void addSet(FieldVersions versions) {
    List<String> was = versions.startedValues();
    List<String> now = versions.currentValues();
    Set<String> merged = new LinkedHashSet<>();
    Set<String> yours = new HashSet<>(versions.yours());
    Set<String> wasChosen = was == null ? yours : new HashSet<>(was);
    Set<String> nowChosen = now == null ? yours : new HashSet<>(now);
    boolean known = was != null && now != null;
    for (FieldOption option : versions.options()) {
      String value = option.value();
      boolean chosen = yours.contains(value);
      if (known && wasChosen.contains(value) == chosen) {
        chosen = nowChosen.contains(value);
      }
      if (chosen) {
        merged.add(value);
      }
    }
    add(
        versions,
        versions.label(),
        new ValueVersions(was, now, versions.yours()),
        new ArrayList<>(merged),
        was != null && now != null);
  }

  private void add(
      FieldVersions versions,
      String label,
      ValueVersions values,
      List<String> proposal,
      boolean decided) {
    fields.add(new MergedField(versions, label, values, proposal, decided));
  }
}
