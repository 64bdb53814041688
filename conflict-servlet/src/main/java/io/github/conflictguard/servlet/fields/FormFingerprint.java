package io.github.conflictguard.servlet.fields;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.resource.KeyedHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of the fields of a form, in sixteen bytes for each name. Fields of frameworks, fields
 * that are never shown, and buttons are omitted. Immutable.
 */
public final class FormFingerprint {

  private static final KeyedHash HASH = new KeyedHash();

  /** The maximum number of fields; the rest of a larger form counts as one field. */
  private static final int MOST = 256;

  private static final Set<FieldKind> NO_STATE =
      EnumSet.of(FieldKind.PASSWORD, FieldKind.FILE, FieldKind.SUBMIT);

  private static final int NAME = 0;
  private static final int VALUES = 1;
  private static final int HIDDEN = 2;

  /** Names, values, and whether a field is hidden; sorted by name. */
  private final long[][] fields;

  private final boolean showing;

  private FormFingerprint(long[][] fields, boolean showing) {
    this.fields = fields;
    this.showing = showing;
  }

  /** Returns the fingerprint of a form, without the ignored fields. */
  public static FormFingerprint of(FormSnapshot form, IgnoredFields ignored) {
    Map<Long, StringBuilder> byName = new TreeMap<>();
    Set<Long> seen = new HashSet<>();
    for (FormField field : form.fields()) {
      if (!NO_STATE.contains(field.kind()) && !ignored.contain(field.name())) {
        long name = byName.size() < MOST ? numberOf(field.name()) : 0;
        if (field.kind() != FieldKind.HIDDEN) {
          seen.add(name);
        }
        StringBuilder values = byName.computeIfAbsent(name, key -> new StringBuilder());
        values.append(field.kind().name());
        for (String value : field.values()) {
          // Prefixed with its length, so that adjacent values are unambiguous.
          values.append(value.length()).append(':').append(value);
        }
      }
    }
    long[][] fields = new long[byName.size()][];
    int i = 0;
    for (Map.Entry<Long, StringBuilder> entry : byName.entrySet()) {
      fields[i++] =
          new long[] {
            entry.getKey(),
            HASH.numberOf(entry.getValue().toString()),
            seen.contains(entry.getKey()) ? 0 : 1
          };
    }
    Arrays.sort(fields, Comparator.comparingLong(field -> field[NAME]));
    return new FormFingerprint(fields, !seen.isEmpty());
  }

  /** Returns whether any field is visible: hidden fields alone show nothing of a record. */
  public boolean isShowing() {
    return showing;
  }

  /** Returns its approximate size in bytes. */
  public int size() {
    return 56 * fields.length;
  }

  /**
   * Returns whether this page shows the same as an older one.
   *
   * @param partly whether only the fields of both pages are compared; otherwise both must have the
   *     same fields
   * @param except fields that are ignored
   */
  public boolean shows(FormFingerprint older, boolean partly, LongPredicate except) {
    return partly ? !contradicts(older, except) : isSameAs(older, except);
  }

  /** Returns whether both have the same values in the same fields. */
  public boolean isSameAs(FormFingerprint other, LongPredicate except) {
    Differences all = new Differences(this, other);
    boolean names = except.test(ChangingFields.NAMES);
    return all.both.stream().allMatch(field -> isExcept(field, except, false))
        && all.first.stream().allMatch(field -> isExcept(field, except, names))
        && all.second.stream().allMatch(field -> isExcept(field, except, names));
  }

  /**
   * Returns whether a field of both has different values. Not every user sees all fields of a
   * record.
   */
  public boolean contradicts(FormFingerprint other, LongPredicate except) {
    return !new Differences(this, other)
        .both.stream().allMatch(field -> isExcept(field, except, false));
  }

  private static boolean isExcept(long[] field, LongPredicate except, boolean anyName) {
    return field[HIDDEN] == 1 && (anyName || except.test(field[NAME]));
  }

  /**
   * Returns the difference of a newer page with the same visible content; null when that differs.
   */
  public @Nullable HiddenChange changeTo(FormFingerprint newer) {
    Differences all = new Differences(this, newer);
    if (!all.areHidden()) {
      return null;
    }
    Set<Long> oneSided = names(all.first);
    oneSided.addAll(names(all.second));
    boolean renamed = !all.first.isEmpty() && all.first.size() == all.second.size();
    return new HiddenChange(names(all.both), oneSided, renamed);
  }

  private static Set<Long> names(List<long[]> fields) {
    Set<Long> names = new HashSet<>();
    fields.forEach(field -> names.add(field[NAME]));
    return names;
  }

  /** The differences between the fields of two forms. */
  private static final class Differences {

    final List<long[]> both = new ArrayList<>();
    final List<long[]> first = new ArrayList<>();
    final List<long[]> second = new ArrayList<>();

    Differences(FormFingerprint one, FormFingerprint other) {
      int theirs = 0;
      for (long[] field : one.fields) {
        while (theirs < other.fields.length && other.fields[theirs][NAME] < field[NAME]) {
          second.add(other.fields[theirs++]);
        }
        if (theirs < other.fields.length && other.fields[theirs][NAME] == field[NAME]) {
          long[] counterpart = other.fields[theirs++];
          if (counterpart[VALUES] != field[VALUES]) {
            both.add(counterpart[HIDDEN] == 1 ? field : counterpart);
          }
        } else {
          first.add(field);
        }
      }
      while (theirs < other.fields.length) {
        second.add(other.fields[theirs++]);
      }
    }

    boolean areHidden() {
      return Stream.of(both, first, second)
          .allMatch(fields -> fields.stream().allMatch(field -> field[HIDDEN] == 1));
    }
  }

  /** Returns the number of a name. */
  public static long numberOf(String name) {
    return HASH.numberOf(name);
  }
}
