package io.github.conflictguard.conflict;

import java.util.List;

/**
 * What the classes of exceptions mean, by name: the innermost known one decides.
 *
 * <p>The classes of an instance are walked, not looked up anywhere, so that any class loader and
 * any class derived by the application will do. No verdict is cached: the look-ups cost little
 * beside the exception itself, and a cache by class that hangs on classes of the JDK or of the
 * container would keep this web application's class loader alive.
 */
final class ClassEvidence implements Evidence {

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    for (int i = throwables.size() - 1; i >= 0; i--) {
      Throwable throwable = throwables.get(i);
      Verdict verdict = verdict(throwable.getClass(), throwable);
      if (verdict.isDecided()) {
        return verdict;
      }
    }
    return Verdict.UNDECIDED;
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
