package io.github.conflictguard.servlet.fields;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.FairMemory;
import io.github.conflictguard.servlet.rule.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Hidden fields that are something else on each page of a record that was not written between: a
 * salt, a page number, a clock. They are no values. What looks random counts as such when it has
 * changed once, everything else when it has changed three times, and nothing that two pages have
 * had in common does, unless two internal GETs in a row have shown different things.
 *
 * <p>What the pages of one client have shown decides about the forms of that client alone. Bounded,
 * shared fairly among clients, and safe for use by several threads.
 */
public final class ChangingFields {

  /** In the place of a name: fields whose very names change. */
  public static final long NAMES = 0;

  private static final int MOST_BYTES = 512 * 1024;
  private static final int SIZE_OF_ENTRY = 200;
  private static final int SIZE_OF_FIELD = 64;

  private static final int STABLE = -1;
  private static final int ENOUGH = 3;
  private static final int PROVEN = 1000;

  private final FairMemory<Map<Long, Integer>> fields = new FairMemory<>(MOST_BYTES);
  private volatile BiConsumer<String, String> listener = (rule, field) -> {};

  /** Sets what is told of each field that begins to be left out: the rule, and its name. */
  public void onFound(BiConsumer<String, String> other) {
    this.listener = other;
  }

  /** Returns which fields are left out of the forms of a client. */
  public LongPredicate of(ClientIdentity client, Rule rule) {
    Map<Long, Integer> known = fields.get(key(client, rule));
    return known == null ? number -> false : number -> known.getOrDefault(number, 0) >= ENOUGH;
  }

  /**
   * Compares two pages between which nobody has written.
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
   * Notes what two internal GETs in a row have shown.
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
    fields.put(client.share(), key, sum, SIZE_OF_ENTRY + (long) SIZE_OF_FIELD * sum.size());
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
