package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.locktemplate.LockTemplate;
import io.github.conflictguard.problem.StatusProfile;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policy by which a method is guarded: the values of {@link ConflictGuarded} in the form that
 * woven code carries, also used by {@link ConflictGuard#call(GuardPolicy, GuardedCall)}.
 *
 * <p>Immutable and thread-safe.
 */
public final class GuardPolicy {

  private static final GuardPolicy PLAIN = builder().build();

  /** The values, copied from the builder and never modified. */
  final PolicyValues values;

  private GuardPolicy(PolicyValues values) {
    this.values = values;
  }

  /** Returns the policy that only translates conflicts: no retry, no lock, all kinds. */
  public static GuardPolicy plain() {
    return PLAIN;
  }

  /** Returns a builder with the values of {@link #plain()}. */
  public static Builder builder() {
    return new Builder(new PolicyValues());
  }

  /**
   * Returns the name of the guarded code, for logs and counters: {@code
   * com.example.Orders#save(Order)}.
   */
  public String handler() {
    return values.handler;
  }

  /** Returns the maximum number of times that the body runs. */
  public int attempts() {
    return values.attempts;
  }

  /**
   * Returns the template of the lock's key, with indexes in place of names; null for no lock. See
   * {@link ConflictGuarded#lock()}.
   */
  public @Nullable String lock() {
    return values.lock == null ? null : values.lock.toString();
  }

  /** Returns whether the guard handles conflicts of this kind. */
  public boolean concerns(ConflictKind kind) {
    return (values.only.isEmpty() || values.only.contains(kind)) && !values.except.contains(kind);
  }

  /** Returns the first wait, see {@link Retry#backoffMillis()}. */
  public long backoffMillis() {
    return values.backoffMillis;
  }

  /** Returns the longest wait, see {@link Retry#maxBackoffMillis()}. */
  public long maxBackoffMillis() {
    return values.maxBackoffMillis;
  }

  /** Returns the random share of each wait, see {@link Retry#jitter()}. */
  public double jitter() {
    return values.jitter;
  }

  /** Returns the time limit for all attempts, see {@link Retry#budgetMillis()}. */
  public long budgetMillis() {
    return values.budgetMillis;
  }

  /** Returns a builder with the values of this policy. */
  public Builder change() {
    return new Builder(new PolicyValues(values));
  }

  /**
   * Returns the name of the method that is called in place of throwing a conflict; null for none.
   */
  public @Nullable String recover() {
    return values.recover;
  }

  /** Returns whether a conflict is thrown as a {@link ConflictException}, rather than unchanged. */
  public boolean translates() {
    return values.translates;
  }

  /** Returns whether the body runs again after conflicts of this kind, if it is repeated at all. */
  public boolean repeats(ConflictKind kind) {
    boolean named = !values.retryOn.isEmpty() || !values.retryOnExceptions.isEmpty();
    return !values.off
        && concerns(kind)
        && (named ? values.retryOn.contains(kind) : kind.isRetryable());
  }

  /** Returns the text form in which woven code carries the policy. */
  @Override
  public String toString() {
    return PolicyCodec.write(values);
  }

  /** Builds a {@link GuardPolicy}. Not thread-safe. */
  public static final class Builder {

    private final PolicyValues values;

    private Builder(PolicyValues values) {
      this.values = values;
    }

    /** Sets the name of the guarded code, for logs and counters. */
    public Builder handler(String name) {
      values.handler(name);
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
      values.retry(attempts, backoffMillis, maxBackoffMillis, jitter, budgetMillis);
      return this;
    }

    /** Repeats the body after conflicts of these kinds, see {@link Retry#on()}. */
    public Builder retryOn(ConflictKind... kinds) {
      Collections.addAll(values.retryOn, kinds);
      return this;
    }

    /**
     * Repeats the body after these exceptions, see {@link Retry#onException()}.
     *
     * @param classNames binary names, as returned by {@link Class#getName()}
     */
    public Builder retryOnExceptions(String... classNames) {
      values.retryOnExceptions(classNames);
      return this;
    }

    /**
     * Names the method that is called in place of throwing a conflict, see {@link
     * ConflictGuarded#recover()}. The call itself is inserted by weaving only.
     */
    public Builder recover(String methodName) {
      values.recover(methodName);
      return this;
    }

    /** Resets {@link #recover}. */
    public Builder withoutRecover() {
      values.recover = null;
      return this;
    }

    /** Sets whether conflicts are translated, see {@link ConflictGuarded#translate()}. */
    public Builder translate(boolean translate) {
      values.translates = translate;
      return this;
    }

    /** Sets whether the guard has any effect. */
    public Builder enabled(boolean enabled) {
      values.off = !enabled;
      return this;
    }

    /** Resets the retry. */
    public Builder withoutRetry() {
      values.attempts = 1;
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
      values.lock = template;
      return this;
    }

    /**
     * Sets the maximum time to wait for the lock, in milliseconds. Default: 10,000.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder lockTimeoutMillis(long millis) {
      values.lockTimeoutMillis(millis);
      return this;
    }

    /** Restricts the guard to these kinds. Default: all kinds. */
    public Builder only(ConflictKind... kinds) {
      Collections.addAll(values.only, kinds);
      return this;
    }

    /** Resets {@link #only}. */
    public Builder withoutOnly() {
      values.only.clear();
      return this;
    }

    /** Resets {@link #except}. */
    public Builder withoutExcept() {
      values.except.clear();
      return this;
    }

    /** Resets {@link #retryOn} and {@link #retryOnExceptions}. */
    public Builder withoutRetryOn() {
      values.retryOn.clear();
      values.retryOnExceptions.clear();
      return this;
    }

    /** Excludes these kinds from the guard. */
    public Builder except(ConflictKind... kinds) {
      Collections.addAll(values.except, kinds);
      return this;
    }

    /** Sets the status codes of responses. Default: those of the filter. */
    public Builder statusProfile(StatusProfile profile) {
      values.statusProfile = profile;
      return this;
    }

    /** Builds the policy. */
    public GuardPolicy build() {
      return new GuardPolicy(new PolicyValues(values));
    }
  }
}
