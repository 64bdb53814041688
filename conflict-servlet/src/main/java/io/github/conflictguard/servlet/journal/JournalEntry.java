package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One entry of the journal: a conflict, a lost update or a lock wait. Immutable. */
public final class JournalEntry {

  static final int LONGEST_PATH = 512;
  private static final int LONGEST_NAME = 200;
  private static final int FIXED_BYTES = 512;
  private static final int BYTES_OF_FIELD = 80;

  private final long sequence;
  private final Instant time;
  private final Outcome outcome;
  private final String kind;
  private final int status;
  private final String found;
  private final @Nullable String rule;
  private final @Nullable String handler;
  private final String method;
  private final String path;
  private final String resourceKey;
  private final @Nullable String constraint;
  private final @Nullable String instance;
  private final Collision collision;

  private JournalEntry(Builder builder, long sequence) {
    this.sequence = sequence;
    this.time = builder.time;
    this.outcome = builder.outcome;
    this.kind = builder.kind;
    this.status = builder.status;
    this.found = builder.found;
    this.rule = cut(builder.rule);
    this.handler = cut(builder.handler);
    this.method = cut(builder.method, 32);
    this.path = cut(builder.path, LONGEST_PATH);
    this.resourceKey = cut(builder.resourceKey, LONGEST_PATH);
    this.constraint = cut(builder.constraint);
    this.instance = builder.instance;
    this.collision = builder.collision;
  }

  /**
   * Returns an entry for a conflict. The throwable of the event is not kept.
   *
   * @param keys what is recorded in place of a path or a resource key
   */
  static Builder of(ConflictEvent event, UnaryOperator<String> keys) {
    Outcome outcome = event.isAnswered() ? Outcome.REFUSED : Outcome.OBSERVED;
    Builder entry =
        new Builder(event.time(), outcome, event.kind(), event.method(), event.collision());
    entry.status = event.status();
    entry.found = event.found().code();
    entry.rule = event.rule();
    entry.handler = event.handler();
    entry.path = keys.apply(event.path());
    entry.resourceKey = keys.apply(event.resourceKey());
    entry.constraint = event.constraint();
    entry.instance = event.instance();
    return entry;
  }

  static Builder of(LostUpdateEvent event, UnaryOperator<String> keys) {
    Builder entry =
        new Builder(event.time(), Outcome.LOST, "lost-update", event.method(), event.collision());
    entry.status = event.status();
    entry.found = "observed";
    entry.rule = event.rule();
    entry.path = keys.apply(event.path());
    entry.resourceKey = keys.apply(event.resourceKey());
    entry.instance = event.instance();
    return entry;
  }

  static Builder of(LockWaitEvent event, UnaryOperator<String> keys) {
    Builder entry =
        new Builder(event.time(), Outcome.WAITED, "lock-wait", event.method(), event.collision());
    entry.found = "lock";
    entry.rule = event.rule();
    entry.path = keys.apply(event.path());
    entry.resourceKey = keys.apply(event.resourceKey());
    return entry;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : cut(text, LONGEST_NAME);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + '…';
  }

  /** Returns the position in the journal, from 1 on. */
  public long sequence() {
    return sequence;
  }

  /** Returns the time of detection. */
  public Instant time() {
    return time;
  }

  /** Returns the outcome for the request. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns the kind of the conflict; {@code lost-update} and {@code lock-wait} for the others. */
  public String kind() {
    return kind;
  }

  /** Returns the status of the response, or the one it would have had; 0 for lock waits. */
  public int status() {
    return status;
  }

  /** Returns how it was detected. */
  public String found() {
    return found;
  }

  /** Returns the name of the rule; null for none. */
  public @Nullable String rule() {
    return rule;
  }

  /** Returns the guarded method that threw the conflict; null for none. */
  public @Nullable String handler() {
    return handler;
  }

  /** Returns the method of the request. */
  public String method() {
    return method;
  }

  /** Returns the path of the request, without its query. */
  public String path() {
    return path;
  }

  /** Returns the key of the request's resource. */
  public String resourceKey() {
    return resourceKey;
  }

  /** Returns the name of the violated constraint; null if it is not known. */
  public @Nullable String constraint() {
    return constraint;
  }

  /** Returns the URN to which users can refer; null for lock waits. */
  public @Nullable String instance() {
    return instance;
  }

  /** Returns what is known of the two writes. */
  public Collision collision() {
    return collision;
  }

  /** Returns the rule or else the guarded method; {@code -} for neither. */
  public String place() {
    return rule != null ? rule : handler != null ? handler : "-";
  }

  /** Returns an estimate of the memory in use. */
  long bytes() {
    long characters = (long) kind.length() + method.length() + path.length() + resourceKey.length();
    String[] texts = {
      rule,
      handler,
      constraint,
      instance,
      collision.traceId(),
      collision.baseTag(),
      collision.currentTag(),
      collision.sentTag()
    };
    for (String text : texts) {
      characters += text == null ? 0 : text.length();
    }
    for (String name : collision.fields().keySet()) {
      characters += name.length();
    }
    return FIXED_BYTES + 2 * characters + (long) BYTES_OF_FIELD * collision.fields().size();
  }

  /** The outcome of an event for the request. */
  public enum Outcome {
    /** A response was sent in place of the application's. */
    REFUSED,
    /** Mode protect would have refused the request, or the response was already committed. */
    OBSERVED,
    /** A change was overwritten. */
    LOST,
    /** The request waited for a lock. */
    WAITED;

    /** Returns the name in logs and files. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Builds an entry, whose position is determined later. */
  static final class Builder {

    private final Instant time;
    private final Outcome outcome;
    private final String kind;
    private final String method;
    private final Collision collision;
    private int status;
    private String found = "-";
    private @Nullable String rule;
    private @Nullable String handler;
    private String path = "";
    private String resourceKey = "";
    private @Nullable String constraint;
    private @Nullable String instance;

    private Builder(
        Instant time, Outcome outcome, String kind, String method, Collision collision) {
      this.time = time;
      this.outcome = outcome;
      this.kind = kind;
      this.method = method;
      this.collision = collision;
    }

    JournalEntry at(long sequence) {
      return new JournalEntry(this, sequence);
    }
  }
}
