package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.event.Collision.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Conflicts of one kind in one place, counted together. Immutable. */
public final class ConflictPattern {

  private final int id;
  private final JournalEntry first;
  private final JournalEntry latest;
  private final long count;
  private final long self;
  private final long disjoint;
  private final long comparable;
  private final long wastedMillis;

  ConflictPattern(int id, JournalEntry first) {
    this(id, first, first, 0, 0, 0, 0, 0);
  }

  private ConflictPattern(
      int id,
      JournalEntry first,
      JournalEntry latest,
      long count,
      long self,
      long disjoint,
      long comparable,
      long wastedMillis) {
    this.id = id;
    this.first = first;
    this.latest = latest;
    this.count = count;
    this.self = self;
    this.disjoint = disjoint;
    this.comparable = comparable;
    this.wastedMillis = wastedMillis;
  }

  ConflictPattern with(JournalEntry entry) {
    FieldOverlap overlap = FieldOverlap.of(entry.collision().fields());
    return new ConflictPattern(
        id,
        first,
        entry,
        count + 1,
        self + (entry.collision().origin() == Origin.SELF ? 1 : 0),
        disjoint + (overlap == FieldOverlap.DISJOINT ? 1 : 0),
        comparable + (overlap == FieldOverlap.UNKNOWN ? 0 : 1),
        wastedMillis + Math.max(0, entry.collision().wasted()));
  }

  /** Returns whether an entry belongs to this pattern. */
  public boolean contains(JournalEntry entry) {
    return PatternKey.of(entry).equals(PatternKey.of(first));
  }

  /** Returns a number for addresses; the same until the application is stopped. */
  public int id() {
    return id;
  }

  /** Returns the first conflict. */
  public JournalEntry first() {
    return first;
  }

  /** Returns the outcome for the requests. */
  public JournalEntry.Outcome outcome() {
    return first.outcome();
  }

  /** Returns the kind of the conflicts. */
  public String kind() {
    return first.kind();
  }

  /** Returns the rule; null for none. */
  public @Nullable String rule() {
    return first.rule();
  }

  /** Returns the guarded method; null for none. */
  public @Nullable String handler() {
    return first.handler();
  }

  /** Returns the violated constraint; null if it is not known. */
  public @Nullable String constraint() {
    return first.constraint();
  }

  /** Returns the method of the requests. */
  public String method() {
    return first.method();
  }

  /** Returns the time of the first event. */
  public Instant firstSeen() {
    return first.time();
  }

  /** Returns the most recent event. */
  public JournalEntry latest() {
    return latest;
  }

  /** Returns the number of events since the start. */
  public long count() {
    return count;
  }

  /** Returns how many had the same sender on both sides. */
  public long self() {
    return self;
  }

  /** Returns in how many both sides had changed different fields. */
  public long disjoint() {
    return disjoint;
  }

  /** Returns of how many the changed fields are known. */
  public long comparable() {
    return comparable;
  }

  /** Returns the work that the refusals have cost their senders, in milliseconds. */
  public long wastedMillis() {
    return wastedMillis;
  }

  @Override
  public String toString() {
    return PatternKey.of(first) + " x " + count;
  }
}
