package io.github.conflictguard.merge;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The known versions of one field. Not safe for use by several threads. */
final class FieldVersions {

  private static final Set<FieldKind> SENT_ONLY_WHEN_CHOSEN =
      EnumSet.of(
          FieldKind.CHECKBOX,
          FieldKind.RADIO,
          FieldKind.SELECT_MANY,
          FieldKind.PASSWORD,
          FieldKind.FILE);

  private static final Set<FieldKind> OFFERED =
      EnumSet.of(FieldKind.CHECKBOX, FieldKind.RADIO, FieldKind.SELECT_ONE, FieldKind.SELECT_MANY);

  final String name;
  final FieldKind kind;
  private final @Nullable FormField started;
  private final @Nullable FormField current;
  private final boolean anyStart;
  private List<String> yours = Collections.emptyList();

  private FieldVersions(
      String name,
      FieldKind kind,
      @Nullable FormField started,
      @Nullable FormField current,
      boolean anyStart) {
    this.name = name;
    this.kind = kind;
    this.started = started;
    this.current = current;
    this.anyStart = anyStart;
  }

  /**
   * Returns all fields of all versions: in document order, followed by those that a script has
   * added.
   */
  static List<FieldVersions> of(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent,
      Function<String, FieldKind> kindOf) {
    Map<String, List<FormField>> before = byName(started);
    Map<String, List<FormField>> now = byName(current);
    List<FieldVersions> all = new ArrayList<>();
    Set<FormField> counterparts = Collections.newSetFromMap(new IdentityHashMap<>());
    if (current != null) {
      for (FormField field : current) {
        FormField counterpart =
            counterpart(field, ofName(before, field.name()), ofName(now, field.name()));
        counterparts.add(counterpart);
        all.add(new FieldVersions(field.name(), field.kind(), counterpart, field, started != null));
      }
    }
    if (started != null) {
      for (FormField field : started) {
        if (!counterparts.contains(field)) {
          all.add(new FieldVersions(field.name(), field.kind(), field, null, true));
        }
      }
    }
    Map<String, List<FieldVersions>> versions = new HashMap<>();
    all.forEach(one -> versions.computeIfAbsent(one.name, name -> new ArrayList<>(1)).add(one));
    sent.forEach(
        (name, values) -> {
          List<FieldVersions> same = versions.get(name);
          if (same == null) {
            same =
                Collections.singletonList(
                    new FieldVersions(name, kindOf.apply(name), null, null, false));
            all.addAll(same);
          }
          share(values, same);
        });
    return all;
  }

  private static Map<String, List<FormField>> byName(@Nullable List<FormField> fields) {
    Map<String, List<FormField>> byName = new HashMap<>();
    if (fields != null) {
      fields.forEach(
          field -> byName.computeIfAbsent(field.name(), name -> new ArrayList<>(1)).add(field));
    }
    return byName;
  }

  private static List<FormField> ofName(Map<String, List<FormField>> byName, String name) {
    return byName.getOrDefault(name, Collections.emptyList());
  }

  /**
   * Returns the same field in the older version, where it may have been of another kind.
   *
   * @param started the fields of this name in the older version: at most one of each kind
   * @param current the current fields of this name
   */
  private static @Nullable FormField counterpart(
      FormField field, List<FormField> started, List<FormField> current) {
    FormField otherKind = null;
    for (FormField candidate : started) {
      if (candidate.kind() == field.kind()) {
        return candidate;
      }
      boolean alsoNow = current.stream().anyMatch(now -> now.kind() == candidate.kind());
      if (!alsoNow && isData(candidate) && isData(field)) {
        otherKind = candidate;
      }
    }
    return otherKind;
  }

  private static boolean isData(FormField field) {
    return field.kind() != FieldKind.SUBMIT
        && field.kind() != FieldKind.PASSWORD
        && field.kind() != FieldKind.FILE;
  }

  /**
   * Distributes values among the fields of their name; a hidden field gets the values that it had.
   *
   * @param same at most one field of each kind
   */
  private static void share(List<String> values, List<FieldVersions> same) {
    int last = same.size() - 1;
    for (int i = 0; i < same.size(); i++) {
      if (same.get(i).kind != FieldKind.HIDDEN) {
        last = i;
      }
    }
    List<String> rest = values;
    for (int i = 0; i < same.size(); i++) {
      if (i != last) {
        rest = same.get(i).take(rest, i < last);
      }
    }
    same.get(last).yours = new ArrayList<>(rest);
  }

  /** Takes the values that this field had, each as often as it had it, and returns the others. */
  private List<String> take(List<String> sent, boolean fromFront) {
    FormField field = started == null ? current : started;
    Map<String, Integer> wanted = new HashMap<>();
    if (field != null) {
      field.values().forEach(value -> wanted.merge(value, 1, Integer::sum));
    }
    List<String> taken = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      String value = sent.get(fromFront ? i : sent.size() - 1 - i);
      boolean had = wanted.merge(value, -1, Integer::sum) >= 0;
      (had ? taken : others).add(value);
    }
    if (!fromFront) {
      Collections.reverse(taken);
      Collections.reverse(others);
    }
    yours = taken;
    return others;
  }

  /**
   * Returns whether the request contains such a field, or would contain it if something were
   * chosen.
   */
  boolean isPartOfRequest(Map<String, List<String>> sent) {
    if (kind == FieldKind.SUBMIT) {
      return sent.containsKey(name);
    }
    boolean inForm =
        started != null || (current != null && (!anyStart || MergedField.isNeverShown(kind)));
    return SENT_ONLY_WHEN_CHOSEN.contains(kind)
        ? inForm || sent.containsKey(name)
        : !yours.isEmpty();
  }

  /** Returns the values that were sent. */
  List<String> yours() {
    return Collections.unmodifiableList(yours);
  }

  /** Returns the values when the page was loaded; null when they are not known. */
  @Nullable List<String> startedValues() {
    return started == null ? null : started.values();
  }

  /** Returns the current values; null when they are not known. */
  @Nullable List<String> currentValues() {
    return current == null ? null : current.values();
  }

  /** Returns the legend of the field set that contains the field; null when there is none. */
  @Nullable String group() {
    FormField known = current == null ? started : current;
    return known == null ? null : known.group();
  }

  String label() {
    String label = current == null ? null : current.label();
    if (label == null && started != null) {
      label = started.label();
    }
    return label == null ? FieldLabels.of(name) : label;
  }

  /**
   * Returns the options of all versions, with an additional option for each value that has none.
   * Long lists are truncated.
   */
  List<FieldOption> options() {
    Set<FieldOption> options = new LinkedHashSet<>();
    Set<String> known = new LinkedHashSet<>();
    for (FormField field : Arrays.asList(current, started)) {
      if (field != null) {
        for (FieldOption option : field.options()) {
          if (known.add(option.value())) {
            options.add(option);
          }
        }
      }
    }
    if (OFFERED.contains(kind)) {
      for (List<String> values : Arrays.asList(yours, currentValues(), startedValues())) {
        if (values != null) {
          values.stream()
              .filter(known::add)
              .forEach(value -> options.add(FieldOption.of(value, value)));
        }
      }
    }
    return new ArrayList<>(options);
  }

  PressedButton button() {
    String value = yours.isEmpty() ? "" : yours.get(0);
    for (FieldOption option : options()) {
      if (option.value().equals(value) && !option.text().isEmpty()) {
        return new PressedButton(name, value, option.text());
      }
    }
    return new PressedButton(name, value, value.isEmpty() ? null : value);
  }

  /**
   * Returns the kind of control that shows all versions. An input of one line would lose line
   * breaks.
   */
  FieldKind visibleKind(ValueVersions versions) {
    if (kind != FieldKind.HIDDEN && kind != FieldKind.OTHER) {
      return kind;
    }
    for (List<String> values : Arrays.asList(versions.started, versions.current, versions.yours)) {
      if (values != null && values.stream().anyMatch(value -> LineMerge.of(value).size() > 1)) {
        return FieldKind.TEXTAREA;
      }
    }
    return FieldKind.TEXT;
  }
}
