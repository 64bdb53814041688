package io.github.conflictguard.servlet.merge;

import io.github.conflictguard.servlet.form.FieldKind;
import io.github.conflictguard.servlet.form.FieldOption;
import io.github.conflictguard.servlet.form.FormField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The versions of one field, as far as they are known. For one thread. */
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

  /** All fields of all versions: in the order of the page, then those that a script has added. */
  static List<FieldVersions> of(
      @Nullable List<FormField> started,
      @Nullable List<FormField> current,
      Map<String, List<String>> sent) {
    List<FieldVersions> all = new ArrayList<>();
    if (current != null) {
      for (FormField field : current) {
        FormField before = started == null ? null : counterpart(field, started, current);
        all.add(new FieldVersions(field.name(), field.kind(), before, field, started != null));
      }
    }
    if (started != null) {
      for (FormField field : started) {
        if (all.stream().noneMatch(versions -> Objects.equals(field, versions.started))) {
          all.add(new FieldVersions(field.name(), field.kind(), field, null, true));
        }
      }
    }
    sent.forEach((name, values) -> share(name, values, all));
    return all;
  }

  /** The same field in the older version, where it may have been of another kind. */
  private static @Nullable FormField counterpart(
      FormField field, List<FormField> started, List<FormField> current) {
    FormField otherKind = null;
    for (FormField candidate : started) {
      if (candidate.name().equals(field.name())) {
        if (candidate.kind() == field.kind()) {
          return candidate;
        }
        boolean alsoNow =
            current.stream()
                .anyMatch(now -> now.name().equals(field.name()) && now.kind() == candidate.kind());
        if (!alsoNow && isData(candidate) && isData(field)) {
          otherKind = candidate;
        }
      }
    }
    return otherKind;
  }

  private static boolean isData(FormField field) {
    return field.kind() != FieldKind.SUBMIT
        && field.kind() != FieldKind.PASSWORD
        && field.kind() != FieldKind.FILE;
  }

  /** Gives values to the fields of their name; a hidden one gets those that it had. */
  private static void share(String name, List<String> values, List<FieldVersions> all) {
    List<FieldVersions> same = new ArrayList<>();
    for (FieldVersions versions : all) {
      if (versions.name.equals(name)) {
        same.add(versions);
      }
    }
    if (same.isEmpty()) {
      FieldVersions added = new FieldVersions(name, FieldKind.OTHER, null, null, false);
      all.add(added);
      same.add(added);
    }
    List<String> rest = new ArrayList<>(values);
    FieldVersions last = same.get(same.size() - 1);
    for (FieldVersions versions : same) {
      if (versions.kind != FieldKind.HIDDEN) {
        last = versions;
      }
    }
    for (FieldVersions versions : same) {
      if (versions != last) {
        versions.yours = versions.taken(rest, same.indexOf(versions) < same.indexOf(last));
      }
    }
    last.yours = rest;
  }

  private List<String> taken(List<String> rest, boolean fromFront) {
    FormField field = started == null ? current : started;
    List<String> taken = new ArrayList<>();
    if (field != null) {
      for (String value : field.values()) {
        int index = fromFront ? rest.indexOf(value) : rest.lastIndexOf(value);
        if (index >= 0) {
          taken.add(rest.remove(index));
        }
      }
    }
    return taken;
  }

  /** Whether the request has, or would have if something were chosen, such a field. */
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

  /** What was sent. */
  List<String> yours() {
    return Collections.unmodifiableList(yours);
  }

  /** What the page held; null when that is not known. */
  @Nullable List<String> startedValues() {
    return started == null ? null : started.values();
  }

  /** What there is now; null when that is not known. */
  @Nullable List<String> currentValues() {
    return current == null ? null : current.values();
  }

  String label() {
    String label = current == null ? null : current.label();
    if (label == null && started != null) {
      label = started.label();
    }
    return label == null ? Words.of(name) : label;
  }

  /** Those of all versions, and for values that are none of them more: long lists are not kept. */
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

  /** An input of one line would lose the others. */
  FieldKind visibleKind(List<@Nullable List<String>> versions) {
    if (kind != FieldKind.HIDDEN && kind != FieldKind.OTHER) {
      return kind;
    }
    for (List<String> values : versions) {
      if (values != null && values.stream().anyMatch(value -> Lines.of(value).size() > 1)) {
        return FieldKind.TEXTAREA;
      }
    }
    return FieldKind.TEXT;
  }
}
