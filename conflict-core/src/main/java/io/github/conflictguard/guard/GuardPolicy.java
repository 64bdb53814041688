package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one method is guarded: what {@link ConflictGuarded} says of it, in the form in which woven
 * code carries it along, and for {@link ConflictGuard#call}.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class GuardPolicy {

  private static final GuardPolicy PLAIN = builder().build();

  private final String handler;
  private final int attempts;
  private final long backoffMillis;
  private final long maxBackoffMillis;
  private final double jitter;
  private final long budgetMillis;
  private final @Nullable String lock;
  private final long lockTimeoutMillis;
  private final Set<ConflictKind> only;
  private final Set<ConflictKind> except;
  private final @Nullable StatusProfile statusProfile;

  private GuardPolicy(Builder builder) {
    this.handler = builder.handler;
    this.attempts = builder.attempts;
    this.backoffMillis = builder.backoffMillis;
    this.maxBackoffMillis = builder.maxBackoffMillis;
    this.jitter = builder.jitter;
    this.budgetMillis = builder.budgetMillis;
    this.lock = builder.lock;
    this.lockTimeoutMillis = builder.lockTimeoutMillis;
    this.only = Collections.unmodifiableSet(EnumSet.copyOf(builder.only));
    this.except = Collections.unmodifiableSet(EnumSet.copyOf(builder.except));
    this.statusProfile = builder.statusProfile;
  }

  /** A guard that only tells conflicts from other failures: no retry, no lock, every kind. */
  public static GuardPolicy plain() {
    return PLAIN;
  }

  /** Begins with what {@link #plain()} has. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads what {@link #toString()} wrote; fields that a newer weaver may have written are passed
   * over.
   *
   * @throws IllegalArgumentException if a value is none
   */
  static GuardPolicy parse(String text) {
    Builder builder = builder();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        set(builder, line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return builder.build();
  }

  private static void set(Builder builder, String name, String value) {
    switch (name) {
      case "handler":
        builder.handler(value);
        break;
      case "retry":
        String[] parts = value.split(",", -1);
        builder.retry(
            Integer.parseInt(parts[0]),
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]),
            Double.parseDouble(parts[3]),
            Long.parseLong(parts[4]));
        break;
      case "lock":
        builder.lock(value);
        break;
      case "lockTimeoutMillis":
        builder.lockTimeoutMillis(Long.parseLong(value));
        break;
      case "only":
        builder.only(kinds(value));
        break;
      case "except":
        builder.except(kinds(value));
        break;
      case "statusProfile":
        builder.statusProfile(StatusProfile.valueOf(value));
        break;
      default:
        break;
    }
  }

  private static ConflictKind[] kinds(String names) {
    return Arrays.stream(names.split(",", -1))
        .map(ConflictKind::valueOf)
        .toArray(ConflictKind[]::new);
  }

  /** What is guarded, for logs and counters: {@code com.example.Orders#save(Order)}. */
  public String handler() {
    return handler;
  }

  /** How often the body runs at most. */
  public int attempts() {
    return attempts;
  }

  /** The template of the resource key whose lock is held; null for none. */
  public @Nullable String lock() {
    return lock;
  }

  /** Whether the guard speaks of conflicts of this kind. */
  public boolean concerns(ConflictKind kind) {
    return (only.isEmpty() || only.contains(kind)) && !except.contains(kind);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("handler=").append(handler);
    if (attempts > 1) {
      text.append("\nretry=").append(attempts).append(',').append(backoffMillis).append(',');
      text.append(maxBackoffMillis).append(',').append(jitter).append(',').append(budgetMillis);
    }
    if (lock != null) {
      text.append("\nlock=").append(lock).append("\nlockTimeoutMillis=").append(lockTimeoutMillis);
    }
    append(text, "\nonly=", only);
    append(text, "\nexcept=", except);
    if (statusProfile != null) {
      text.append("\nstatusProfile=").append(statusProfile.name());
    }
    return text.toString();
  }

  /** What has to leave the guarded method in place of what its body threw. */
  Throwable translate(Throwable thrown) {
    if (thrown instanceof ConflictException
        || thrown instanceof WrongStateException
        || thrown instanceof BusinessRuleException) {
      return thrown;
    }
    Conflict conflict = ConflictGuard.conflictIn(thrown);
    return conflict == null || !concerns(conflict.kind())
        ? thrown
        : new ConflictException(conflict, thrown, handler, statusProfile);
  }

  private static void append(StringBuilder text, String name, Set<ConflictKind> kinds) {
    if (!kinds.isEmpty()) {
      text.append(name);
      text.append(kinds.stream().map(ConflictKind::name).collect(Collectors.joining(",")));
    }
  }

  /** Builds a {@link GuardPolicy}. For one thread. */
  public static final class Builder {

    private String handler = "-";
    private int attempts = 1;
    private long backoffMillis = 50;
    private long maxBackoffMillis = 1000;
    private double jitter = 0.5;
    private long budgetMillis = 5000;
    private @Nullable String lock;
    private long lockTimeoutMillis = 10_000;
    private final Set<ConflictKind> only = EnumSet.noneOf(ConflictKind.class);
    private final Set<ConflictKind> except = EnumSet.noneOf(ConflictKind.class);
    private @Nullable StatusProfile statusProfile;

    private Builder() {}

    /** Names what is guarded, for logs and counters. */
    public Builder handler(String name) {
      this.handler = withoutLineBreak("handler", name);
      return this;
    }

    /**
     * Runs the body again after a conflict that may pass by itself; the meaning and the range of
     * each value are those of {@link Retry}.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Builder retry(
        int attempts, long backoffMillis, long maxBackoffMillis, double jitter, long budgetMillis) {
      check("attempts", attempts, attempts >= 1 && attempts <= 100, "1 to 100");
      check("backoffMillis", backoffMillis, backoffMillis >= 0, "0 and more");
      check(
          "maxBackoffMillis",
          maxBackoffMillis,
          maxBackoffMillis >= backoffMillis,
          "backoffMillis and more");
      check("jitter", jitter, jitter >= 0 && jitter <= 1, "0 to 1");
      check("budgetMillis", budgetMillis, budgetMillis >= 0, "0 and more");
      this.attempts = attempts;
      this.backoffMillis = backoffMillis;
      this.maxBackoffMillis = maxBackoffMillis;
      this.jitter = jitter;
      this.budgetMillis = budgetMillis;
      return this;
    }

    /** Holds the lock of this resource key meanwhile, see {@link ConflictGuarded#lock()}. */
    public Builder lock(String template) {
      this.lock = withoutLineBreak("lock", template);
      return this;
    }

    /**
     * How long to wait for the lock, in milliseconds; 10,000 unless set.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder lockTimeoutMillis(long millis) {
      check("lockTimeoutMillis", millis, millis >= 0, "0 and more");
      this.lockTimeoutMillis = millis;
      return this;
    }

    /** Speaks of conflicts of these kinds alone; without any, of every kind. */
    public Builder only(ConflictKind... kinds) {
      only.addAll(Arrays.asList(kinds));
      return this;
    }

    /** Does not speak of conflicts of these kinds. */
    public Builder except(ConflictKind... kinds) {
      except.addAll(Arrays.asList(kinds));
      return this;
    }

    /** Answers with the status codes of this profile; with those of the filter unless set. */
    public Builder statusProfile(StatusProfile profile) {
      this.statusProfile = profile;
      return this;
    }

    /** Makes the policy. */
    public GuardPolicy build() {
      return new GuardPolicy(this);
    }

    private static String withoutLineBreak(String name, String value) {
      check(name, value, value.indexOf('\n') < 0, "texts without line break");
      return value;
    }

    private static void check(String name, Object value, boolean valid, String accepted) {
      if (!valid) {
        throw new IllegalArgumentException(
            name + " '" + value + "' is out of its range; accepted are " + accepted);
      }
    }
  }
}
