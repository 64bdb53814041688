package io.github.conflictguard.servlet.fields;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.rule.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Hidden fields that differ on each page of a record that was not written in between: a salt, a
 * page number, a timestamp. They are ignored in comparisons. A random value is ignored after one
 * change, any other value after three changes. A field that had the same value on two pages is not
 * ignored, unless two consecutive internal GETs have shown different values.
 *
 * <p>The pages of one client only affect the forms of that client. Bounded, shared fairly between
 * clients, and thread-safe.
 */
public final class ChangingFields {

  /** The number in place of a name for fields whose names change. */
  public static final long NAMES = 0;

  private static final int MOST_BYTES = 512 * 1024;
  private static final int SIZE_OF_ENTRY = 200;
  private static final int SIZE_OF_FIELD = 64;

  private static final int STABLE = -1;
  private static final int ENOUGH = 3;
  private static final int PROVEN = 1000;

  private final BoundedMap<String, Map<Long, Integer>> fields =
      new BoundedMap<>(MOST_BYTES, counts -> SIZE_OF_ENTRY + (long) SIZE_OF_FIELD * counts.size());
  private volatile BiConsumer<String, String> listener = (rule, field) -> {};

  /**
   * Sets the listener for each field that is ignored from now on: the rule and the field's name.
   */
  public void onFound(BiConsumer<String, String> other) {
    this.listener = other;
  }

  /** Returns which fields of a client's forms are ignored. */
  public LongPredicate of(ClientIdentity client, Rule rule) {
    Map<Long, Integer> known = fields.get(key(client, rule));
    return known == null ? number -> false : number -> known.getOrDefault(number, 0) >= ENOUGH;
  }

  /**
   * Compares two pages between which the record was not written.
   *
   * @param form the newer one
   */
  public void compare(
      ClientIdentity client,
      Rule rule,
      FormSnapshot form,
      FormFingerprint before,
      FormFingerprint now) {
    HiddenChange change = before.changeTo(now);
    if (change == null) {
      return;
    }
    Map<Long, Integer> counts = new HashMap<>();
    for (FormField field : form.fields()) {
      long number = FormFingerprint.numberOf(field.name());
      if (field.kind() == FieldKind.HIDDEN && !change.oneSided.contains(number)) {
        String value = String.join("", field.values());
        boolean certain = RandomText.is(value) || RandomText.isClock(value);
        counts.put(number, !change.changed.contains(number) ? STABLE : certain ? ENOUGH : 1);
      } else if (change.renamed && change.oneSided.contains(number)) {
        counts.merge(NAMES, RandomText.is(field.name()) ? ENOUGH : 2, Math::max);
      }
    }
    if (!counts.isEmpty()) {
      add(client, rule, form, counts);
    }
  }

  /**
   * Records the fields that differ between two consecutive internal GETs.
   *
   * @param form one of them
   */
  public void proven(ClientIdentity client, Rule rule, FormSnapshot form, Iterable<Long> numbers) {
    Map<Long, Integer> counts = new HashMap<>();
    numbers.forEach(number -> counts.put(number, PROVEN));
    add(client, rule, form, counts);
  }

  private synchronized void add(
      ClientIdentity client, Rule rule, FormSnapshot form, Map<Long, Integer> counts) {
    String key = key(client, rule);
    Map<Long, Integer> known = fields.get(key);
    Map<Long, Integer> sum = known == null ? new HashMap<>() : new HashMap<>(known);
    counts.forEach(
        (number, count) -> {
          int before = sum.getOrDefault(number, 0);
          int after = before >= PROVEN ? before : sum(before, count);
          sum.put(number, after);
          if (before < ENOUGH && after >= ENOUGH) {
            listener.accept(rule.name(), nameOf(form, number));
          }
        });
    fields.put(client.share(), key, sum);
  }

  private static int sum(int before, int count) {
    if (count >= PROVEN) {
      return count;
    }
    return before == STABLE || count == STABLE ? STABLE : before + count;
  }

  private static String nameOf(FormSnapshot form, long number) {
    for (FormField field : form.fields()) {
      if (FormFingerprint.numberOf(field.name()) == number) {
        return field.name();
      }
    }
    return "of changing name";
  }

  private static String key(ClientIdentity client, @Nullable Rule rule) {
    return client.viewer() + ' ' + (rule == null ? "" : rule.name());
  }
}
