package io.github.conflictguard.guard;

import io.github.conflictguard.recorder.Recordings;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The recover method of one invocation, see {@link ConflictGuarded#recover()}. Immutable, except
 * for what the arguments refer to.
 */
final class Recovery {

  /** Where the exception is passed that the method recovers from. */
  static final int NOWHERE = 0;

  static final int FIRST = 1;
  static final int LAST = 2;

  private static final Logger LOG = Logger.getLogger(Recovery.class.getName());

  private final MethodHandle method;
  private final int place;
  private final @Nullable Object self;
  private final Object[] arguments;

  /**
   * Describes the call of a method.
   *
   * @param method the method, as fixed or variable arity; its first parameter is the object unless
   *     it is static
   * @param place {@link #NOWHERE}, {@link #FIRST} or {@link #LAST}
   * @param self null in a static method
   * @param arguments those of the guarded method
   */
  Recovery(MethodHandle method, int place, @Nullable Object self, Object[] arguments) {
    this.method = method.asFixedArity();
    this.place = place;
    this.self = self;
    this.arguments = arguments;
  }

  /**
   * Calls the method for what would leave the guarded one.
   *
   * @return null where the method does not recover from that, so that it leaves
   */
  @Nullable Recovered from(Throwable left, GuardPolicy policy) {
    Throwable failure = policy.failureToRecoverFrom(left);
    if (failure == null || !takes(failure)) {
      return null;
    }
    LOG.log(
        Level.FINE,
        "{0}: {1} recovers from {2}",
        new Object[] {policy.handler, policy.recover, failure.getMessage()});
    try {
      Object result = method.invokeWithArguments(allArguments(failure));
      Recordings.stored();
      return new Recovered(result, null);
    } catch (Throwable thrown) {
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

  /** What a recover method has returned or thrown. Immutable. */
  static final class Recovered {

    final @Nullable Object result;
    final @Nullable Throwable thrown;

    Recovered(@Nullable Object result, @Nullable Throwable thrown) {
      this.result = result;
      this.thrown = thrown;
    }
  }
}
