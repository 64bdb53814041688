package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.locktemplate.LockTemplate;
import io.github.conflictguard.problem.StatusProfile;
import io.github.conflictguard.recorder.Recordings;
import io.github.conflictguard.transaction.RollbackNotice;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy by which a method is guarded: the values of {@link ConflictGuarded} in the form that
 * woven code carries, also used by {@link ConflictGuard#call(GuardPolicy, GuardedCall)}.
 *
 * <p>Immutable and thread-safe.
 */
public final class GuardPolicy {

  private static final GuardPolicy PLAIN = builder().build();

  final String handler;
  final int attempts;
  final long backoffMillis;
  final long maxBackoffMillis;
  final double jitter;
  final long budgetMillis;
  final Set<ConflictKind> retryOn;
  final Set<String> retryOnExceptions;
  final boolean translates;
  final boolean off;
  final @Nullable String recover;
  final @Nullable LockTemplate lock;
  final long lockTimeoutMillis;
  final Set<ConflictKind> only;
  final Set<ConflictKind> except;
  final @Nullable StatusProfile statusProfile;

  private GuardPolicy(Builder builder) {
    this.handler = builder.handler;
    this.attempts = builder.attempts;
    this.backoffMillis = builder.backoffMillis;
    this.maxBackoffMillis = builder.maxBackoffMillis;
    this.jitter = builder.jitter;
    this.budgetMillis = builder.budgetMillis;
    this.retryOn = Collections.unmodifiableSet(EnumSet.copyOf(builder.retryOn));
    this.retryOnExceptions =
        Collections.unmodifiableSet(new LinkedHashSet<>(builder.retryOnExceptions));
    this.translates = builder.translates;
    this.off = builder.off;
    this.recover = builder.recover;
    this.lock = builder.lock;
    this.lockTimeoutMillis = builder.lockTimeoutMillis;
    this.only = Collections.unmodifiableSet(EnumSet.copyOf(builder.only));
    this.except = Collections.unmodifiableSet(EnumSet.copyOf(builder.except));
    this.statusProfile = builder.statusProfile;
  }

  /** Returns the policy that only translates conflicts: no retry, no lock, all kinds. */
  public static GuardPolicy plain() {
    return PLAIN;
  }

  /** Returns a builder with the values of {@link #plain()}. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the name of the guarded code, for logs and counters: {@code
   * com.example.Orders#save(Order)}.
   */
  public String handler() {
    return handler;
  }

  /** Returns the maximum number of times that the body runs. */
  public int attempts() {
    return attempts;
  }

  /**
   * Returns the template of the lock's key, with indexes in place of names; null for no lock. See
   * {@link ConflictGuarded#lock()}.
   */
  public @Nullable String lock() {
    return lock == null ? null : lock.toString();
  }

  /** Returns whether the guard handles conflicts of this kind. */
  public boolean concerns(ConflictKind kind) {
    return (only.isEmpty() || only.contains(kind)) && !except.contains(kind);
  }

  /** Returns the first wait, see {@link Retry#backoffMillis()}. */
  public long backoffMillis() {
    return backoffMillis;
  }

  /** Returns the longest wait, see {@link Retry#maxBackoffMillis()}. */
  public long maxBackoffMillis() {
    return maxBackoffMillis;
  }

  /** Returns the random share of each wait, see {@link Retry#jitter()}. */
  public double jitter() {
    return jitter;
  }

  /** Returns the time limit for all attempts, see {@link Retry#budgetMillis()}. */
  public long budgetMillis() {
    return budgetMillis;
  }

  /** Returns a builder with the values of this policy. */
  public Builder change() {
    Builder builder =
        new Builder()
            .handler(handler)
            .retry(attempts, backoffMillis, maxBackoffMillis, jitter, budgetMillis)
            .retryOn(retryOn.toArray(new ConflictKind[0]))
            .retryOnExceptions(retryOnExceptions.toArray(new String[0]))
            .translate(translates)
            .enabled(!off)
            .lockTimeoutMillis(lockTimeoutMillis)
            .only(only.toArray(new ConflictKind[0]))
            .except(except.toArray(new ConflictKind[0]));
    builder.recover = recover;
    builder.lock = lock;
    builder.statusProfile = statusProfile;
    return builder;
  }

  /**
   * Returns the name of the method that is called in place of throwing a conflict; null for none.
   */
  public @Nullable String recover() {
    return recover;
  }

  /** Returns whether a conflict is thrown as a {@link ConflictException}, rather than unchanged. */
  public boolean translates() {
    return translates;
  }

  /** Returns whether the body runs again after conflicts of this kind, if it is repeated at all. */
  public boolean repeats(ConflictKind kind) {
    boolean named = !retryOn.isEmpty() || !retryOnExceptions.isEmpty();
    return !off && concerns(kind) && (named ? retryOn.contains(kind) : kind.isRetryable());
  }

  /** Returns whether the body runs again after this failure, if it is repeated at all. */
  boolean repeats(Throwable thrown, @Nullable Conflict conflict) {
    if (off || (conflict != null && !concerns(conflict.kind()))) {
      return false;
    }
    return NamedException.isAmong(retryOnExceptions, thrown)
        || (conflict != null && repeats(conflict.kind()));
  }

  /** Returns the text form in which woven code carries the policy. */
  @Override
  public String toString() {
    return PolicyCodec.write(this);
  }

  /** Translates a throwable into the one that the guarded method should throw. */
  Throwable translate(Throwable thrown) {
    Conflict conflict = ConflictGuard.conflictIn(thrown);
    tellIfUntranslated(thrown, conflict);
    return translate(thrown, conflict, "");
  }

  /**
   * Records a conflict that is rethrown unchanged, so that the filter detects it if the application
   * catches it.
   */
  void tellIfUntranslated(Throwable thrown, @Nullable Conflict conflict) {
    if (!off && !translates && conflict != null && concerns(conflict.kind())) {
      Recordings.note(thrown);
    }
  }

  /**
   * Translates a throwable into the one that the guarded method should throw.
   *
   * @param conflict the conflict detected in it
   * @param remark for the log, appended to the message
   */
  Throwable translate(Throwable thrown, @Nullable Conflict conflict, String remark) {
    if (off
        || !translates
        || thrown instanceof ConflictException
        || thrown instanceof WrongStateException
        || thrown instanceof BusinessRuleException
        || conflict == null
        || !concerns(conflict.kind())) {
      return thrown;
    }
    RollbackNotice.giveFor(handler, thrown);
    return new ConflictException(conflict, thrown, remark, handler, statusProfile);
  }

  /**
   * Returns the failure to pass to a recover method in place of throwing it from the guarded code.
   *
   * @return a {@link ConflictException} for a conflict, and the failure itself if it is named as
   *     one to repeat after; null for all others
   */
  @Nullable Throwable failureToRecoverFrom(Throwable left) {
    if (off || left instanceof Error || CurrentCheck.isOff()) {
      return null;
    }
    if (left instanceof ConflictException) {
      ConflictException conflict = (ConflictException) left;
      return concerns(conflict.kind()) || handler.equals(conflict.handler()) ? conflict : null;
    }
    Conflict conflict = ConflictGuard.conflictIn(left);
    if (conflict != null) {
      return concerns(conflict.kind())
          ? new ConflictException(conflict, left, "", handler, statusProfile)
          : null;
    }
    return NamedException.isAmong(retryOnExceptions, left) ? left : null;
  }

  /** Builds a {@link GuardPolicy}. Not thread-safe. */
  public static final class Builder {

    private String handler = "-";
    private int attempts = 1;
    private long backoffMillis = 50;
    private long maxBackoffMillis = 1000;
    private double jitter = 0.5;
    private long budgetMillis = 5000;
    private final Set<ConflictKind> retryOn = EnumSet.noneOf(ConflictKind.class);
    private final Set<String> retryOnExceptions = new LinkedHashSet<>();
    private boolean translates = true;
    private boolean off;
    private @Nullable String recover;
    private @Nullable LockTemplate lock;
    private long lockTimeoutMillis = 10_000;
    private final Set<ConflictKind> only = EnumSet.noneOf(ConflictKind.class);
    private final Set<ConflictKind> except = EnumSet.noneOf(ConflictKind.class);
    private @Nullable StatusProfile statusProfile;

    private Builder() {}

    /** Sets the name of the guarded code, for logs and counters. */
    public Builder handler(String name) {
      check("handler", name, name.indexOf('\n') < 0, "texts without line break");
      this.handler = name;
      return this;
    }

    /**
     * Sets the maximum number of attempts, with the defaults of {@link Retry} for the other values.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder retry(int attempts) {
      return retry(attempts, 50, 1000, 0.5, 5000);
    }

    /**
     * Repeats the body after a transient conflict; meaning and range of each value are those of
     * {@link Retry}.
     *
     * @throws IllegalArgumentException if a value is out of range
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
      if (attempts > 1) {
        CurrentCheck.expectToBeAsked();
      }
      this.attempts = attempts;
      this.backoffMillis = backoffMillis;
      this.maxBackoffMillis = maxBackoffMillis;
      this.jitter = jitter;
      this.budgetMillis = budgetMillis;
      return this;
    }

    /** Repeats the body after conflicts of these kinds, see {@link Retry#on()}. */
    public Builder retryOn(ConflictKind... kinds) {
      retryOn.addAll(Arrays.asList(kinds));
      return this;
    }

    /**
     * Repeats the body after these exceptions, see {@link Retry#onException()}.
     *
     * @param classNames binary names, as returned by {@link Class#getName()}
     */
    public Builder retryOnExceptions(String... classNames) {
      for (String name : classNames) {
        check("onException", name, NamedException.isName(name), "names of classes");
        retryOnExceptions.add(name);
      }
      return this;
    }

    /**
     * Names the method that is called in place of throwing a conflict, see {@link
     * ConflictGuarded#recover()}. The call itself is inserted by weaving only.
     */
    public Builder recover(String methodName) {
      check("recover", methodName, isMethodName(methodName), "names of methods");
      this.recover = methodName;
      return this;
    }

    /** Resets {@link #recover}. */
    public Builder withoutRecover() {
      this.recover = null;
      return this;
    }

    /**
     * Returns whether a name is valid by JVMS 4.2.2 and not "true" or "false", which are values of
     * options.
     */
    private static boolean isMethodName(String name) {
      return name.matches("[^.;\\[/<>\\s]+") && !name.equals("true") && !name.equals("false");
    }

    /** Sets whether conflicts are translated, see {@link ConflictGuarded#translate()}. */
    public Builder translate(boolean translate) {
      this.translates = translate;
      return this;
    }

    /** Sets whether the guard has any effect. */
    public Builder enabled(boolean enabled) {
      this.off = !enabled;
      return this;
    }

    /** Resets the retry. */
    public Builder withoutRetry() {
      this.attempts = 1;
      return this;
    }

    /**
     * Holds the lock of this key while the body runs. The key is literal: braces have no special
     * meaning.
     */
    public Builder lock(String key) {
      return lock(LockTemplate.literal(key));
    }

    /**
     * Holds the lock of the key that this template produces from the arguments, see {@link
     * ConflictGuarded#lock()}.
     *
     * @param parameterNames the names of the parameters in order; empty if not available
     * @param parameters the number of parameters
     * @throws IllegalArgumentException if the template is invalid, or refers to anything else than
     *     a parameter; the message lists the possible references
     */
    public Builder lock(String template, List<String> parameterNames, int parameters) {
      return lock(LockTemplate.parse(template).resolved(parameterNames, parameters));
    }

    Builder lock(LockTemplate template) {
      this.lock = template;
      return this;
    }

    /**
     * Sets the maximum time to wait for the lock, in milliseconds. Default: 10,000.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder lockTimeoutMillis(long millis) {
      check("lockTimeoutMillis", millis, millis >= 0, "0 and more");
      this.lockTimeoutMillis = millis;
      return this;
    }

    /** Restricts the guard to these kinds. Default: all kinds. */
    public Builder only(ConflictKind... kinds) {
      only.addAll(Arrays.asList(kinds));
      return this;
    }

    /** Resets {@link #only}. */
    public Builder withoutOnly() {
      only.clear();
      return this;
    }

    /** Resets {@link #except}. */
    public Builder withoutExcept() {
      except.clear();
      return this;
    }

    /** Resets {@link #retryOn} and {@link #retryOnExceptions}. */
    public Builder withoutRetryOn() {
      retryOn.clear();
      retryOnExceptions.clear();
      return this;
    }

    /** Excludes these kinds from the guard. */
    public Builder except(ConflictKind... kinds) {
      except.addAll(Arrays.asList(kinds));
      return this;
    }

    /** Sets the status codes of responses. Default: those of the filter. */
    public Builder statusProfile(StatusProfile profile) {
      this.statusProfile = profile;
      return this;
    }

    /** Builds the policy. */
    public GuardPolicy build() {
      return new GuardPolicy(this);
    }

    private static void check(String name, Object value, boolean valid, String accepted) {
      if (!valid) {
        throw new IllegalArgumentException(
            name + " '" + value + "' is out of its range; accepted are " + accepted);
      }
    }
  }
}
