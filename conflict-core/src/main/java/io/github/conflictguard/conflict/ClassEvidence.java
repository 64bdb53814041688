package io.github.conflictguard.conflict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of exceptions mean, by name: the innermost known one decides.
 *
 * <p>The classes of an instance are walked, not looked up anywhere, so that any class loader and
 * any class derived by the application will do. No verdict is cached: a cache by class that hangs
 * on classes of the JDK or of the container would keep this web application's class loader alive.
 * Only whether there can be one is, since most exceptions of a chain are of no known class.
 */
final class ClassEvidence implements Evidence {

  private static final ClassValue<Boolean> IS_KNOWN =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isKnown(type);
        }
      };

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    for (int i = throwables.size() - 1; i >= 0; i--) {
      Throwable throwable = throwables.get(i);
      Verdict verdict =
          IS_KNOWN.get(throwable.getClass())
              ? verdict(throwable.getClass(), throwable)
              : Verdict.UNDECIDED;
      if (verdict.isDecided()) {
        return verdict;
      }
    }
    return Verdict.UNDECIDED;
  }

  private static boolean isKnown(@Nullable Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (KnownClasses.names().contains(c.getName())) {
        return true;
      }
      for (Class<?> implemented : c.getInterfaces()) {
        if (isKnown(implemented)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The class itself first, then what it implements, then what it extends: the nearest decides. */
  private static Verdict verdict(Class<?> type, Throwable instance) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Verdict verdict = KnownClasses.reading(c.getName()).of(instance);
      if (verdict.isDecided()) {
        return verdict;
      }
      for (Class<?> implemented : c.getInterfaces()) {
        Verdict inherited = verdict(implemented, instance);
        if (inherited.isDecided()) {
          return inherited;
        }
      }
    }
    return Verdict.UNDECIDED;
  }
}
