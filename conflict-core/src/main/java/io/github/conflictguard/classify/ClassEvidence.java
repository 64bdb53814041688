package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.classify.sql.DriverTraces;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence from the class names of exceptions: the innermost known class decides, unless a driver's
 * exception contradicts it.
 *
 * <p>The superclasses and interfaces of an instance are walked, not looked up by name, so that any
 * class loader and any subclass in the application works. This happens once for each class, which
 * then keeps the names that were found. Only strings are kept, not verdicts: a class of the JDK or
 * of the container would keep verdicts reachable, and with them the class loader of this web
 * application.
 */
final class ClassEvidence implements Evidence {

  private static final String[] NONE = {};

  /** The known classes among the supertypes of a throwable, the nearest first; usually empty. */
  private static final ClassValue<String[]> KNOWN_NAMES =
      new ClassValue<String[]>() {
        @Override
        protected String[] computeValue(Class<?> type) {
          List<String> names = new ArrayList<>();
          collectKnown(type, names);
          return names.toArray(NONE);
        }
      };

  private final DriverTraces traces;

  ClassEvidence(DriverTraces traces) {
    this.traces = traces;
  }

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    DriverPrecedence drivers = new DriverPrecedence(traces, throwables);
    for (int i = throwables.size() - 1; i >= 0; i--) {
      Throwable throwable = throwables.get(i);
      for (String name : KNOWN_NAMES.get(throwable.getClass())) {
        Verdict verdict = KnownClasses.reading(name).of(throwable);
        if (verdict.isDecided()) {
          ConflictKind kind = verdict.kind();
          if (kind == null || !drivers.silences(throwable, kind)) {
            return verdict;
          }
          break;
        }
      }
    }
    return Verdict.UNDECIDED;
  }

  /** Collects the class itself, then its interfaces, then its superclasses. */
  private static void collectKnown(@Nullable Class<?> type, List<String> names) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (KnownClasses.names().contains(c.getName())) {
        names.add(c.getName());
      }
      for (Class<?> implemented : c.getInterfaces()) {
        collectKnown(implemented, names);
      }
    }
  }
}
