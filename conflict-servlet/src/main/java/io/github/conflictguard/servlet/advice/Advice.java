package io.github.conflictguard.servlet.advice;

import io.github.conflictguard.servlet.journal.JournalEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of advice. Immutable. */
public final class Advice {

  private final AdviceKind kind;
  private final String subject;
  private final @Nullable String lines;
  private final long lost;
  private final long wastedMillis;
  private final long count;
  private final List<Object> numbers;
  private final List<JournalEntry> examples;

  Advice(
      AdviceKind kind,
      String subject,
      @Nullable String lines,
      Weight weight,
      List<JournalEntry> examples,
      Object... numbers) {
    this.kind = kind;
    this.subject = subject;
    this.lines = lines;
    this.lost = weight.lost;
    this.wastedMillis = weight.wastedMillis;
    this.count = weight.count;
    this.examples = examples;
    this.numbers = Collections.unmodifiableList(Arrays.asList(numbers));
  }

  /** Returns what distinguishes it from all other advice, for dismissal. */
  public String id() {
    return kind.code() + ":" + subject;
  }

  /** Returns whether its cure contains a path of the application. */
  public boolean isOfPath() {
    return kind == AdviceKind.ADD_RULE;
  }

  /** Returns its kind. */
  AdviceKind kind() {
    return kind;
  }

  /** Returns the name of the rule, the path or the field that it concerns. */
  public String subject() {
    return subject;
  }

  /** Returns the title in a language. */
  public String title(AdviceTexts texts) {
    return texts.get(kind, "title", subject, numbers);
  }

  /** Returns what was recorded. */
  public String evidence(AdviceTexts texts) {
    return texts.get(kind, "evidence", subject, numbers);
  }

  /** Returns what to do. */
  public String cure(AdviceTexts texts) {
    return texts.get(kind, "cure", subject, numbers);
  }

  /** Returns what the cure would have changed, computed from recorded events. */
  public String effect(AdviceTexts texts) {
    return texts.get(kind, "effect", subject, numbers);
  }

  /** Returns what the cure costs. */
  public String price(AdviceTexts texts) {
    return texts.get(kind, "price", subject, numbers);
  }

  /** Returns the lines to paste into the rules file; null where there are none. */
  public @Nullable String lines() {
    return lines;
  }

  /** Returns up to two recorded examples, the newest first. */
  public List<JournalEntry> examples() {
    return examples;
  }

  /** Returns the lost updates behind it, by which advice is ordered first. */
  public long lost() {
    return lost;
  }

  /** Returns the work that refusals have cost, by which advice is ordered next. */
  public long wastedMillis() {
    return wastedMillis;
  }

  /** Returns the number of events behind it. */
  public long count() {
    return count;
  }

  @Override
  public String toString() {
    return id();
  }

  /** How much is behind a piece of advice. Immutable. */
  static final class Weight {

    final long lost;
    final long wastedMillis;
    final long count;

    Weight(long lost, long wastedMillis, long count) {
      this.lost = lost;
      this.wastedMillis = wastedMillis;
      this.count = count;
    }
  }
}
