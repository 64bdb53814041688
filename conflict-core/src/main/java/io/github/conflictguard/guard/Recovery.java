package io.github.conflictguard.guard;

import io.github.conflictguard.recorder.Recordings;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recover method of one invocation, see {@link ConflictGuarded#recover()}. Immutable, except
 * for the state of the arguments.
 */
final class Recovery {

  /** The position of the parameter that takes the exception: none. */
  static final int NOWHERE = 0;

  static final int FIRST = 1;
  static final int LAST = 2;

  private final MethodHandle method;
  private final int place;
  private final @Nullable Object self;
  private final Object[] arguments;
  private final long thread = Thread.currentThread().getId();
  private final @Nullable RepeatCheck check = CurrentCheck.get();

  /**
   * Creates the call of a method.
   *
   * @param method the method, of fixed or variable arity; its first parameter is the object unless
   *     it is static
   * @param place {@link #NOWHERE}, {@link #FIRST} or {@link #LAST}
   * @param self null for a static method
   * @param arguments the arguments of the guarded method
   */
  Recovery(MethodHandle method, int place, @Nullable Object self, Object[] arguments) {
    this.method = method.asFixedArity();
    this.place = place;
    this.self = self;
    this.arguments = arguments;
  }

  /**
   * Calls the method in place of throwing a failure from the guarded one.
   *
   * @return null if the method does not handle this failure, which is then thrown
   */
  @Nullable Recovered from(Throwable left, GuardPolicy policy) {
    Throwable failure = new FailureHandling(policy).failureToRecoverFrom(left);
    if (failure == null || !takes(failure)) {
      return null;
    }
    RecoveryReport report = new RecoveryReport(policy.values.handler, failure, check);
    try {
      Object result = method.invokeWithArguments(allArguments(failure));
      if (Thread.currentThread().getId() == thread) {
        // The conflict of a stage that another thread completes is not recorded for that thread.
        Recordings.stored();
      }
      report.returned(result, null);
      return new Recovered(result, null);
    } catch (Throwable thrown) {
      report.returned(null, thrown);
      return new Recovered(null, thrown);
    }
  }

  private boolean hasObject() {
    return method.type().parameterCount() > arguments.length + (place == NOWHERE ? 0 : 1);
  }

  private boolean takes(Throwable failure) {
    int last = method.type().parameterCount() - 1;
    return place == NOWHERE
        || method
            .type()
            .parameterType(place == LAST ? last : hasObject() ? 1 : 0)
            .isInstance(failure);
  }

  private List<@Nullable Object> allArguments(Throwable failure) {
    List<@Nullable Object> all = new ArrayList<>();
    if (hasObject()) {
      all.add(self);
    }
    if (place == FIRST) {
      all.add(failure);
    }
    all.addAll(Arrays.asList(arguments));
    if (place == LAST) {
      all.add(failure);
    }
    return all;
  }

  /** The result or the exception of a recover method. Immutable. */
  static final class Recovered {

    final @Nullable Object result;
    final @Nullable Throwable thrown;

    Recovered(@Nullable Object result, @Nullable Throwable thrown) {
      this.result = result;
      this.thrown = thrown;
    }
  }
}
