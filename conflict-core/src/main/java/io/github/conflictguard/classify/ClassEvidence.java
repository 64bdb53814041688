package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.classify.sql.DriverTraces;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of exceptions mean, by name: the innermost known one decides, unless a driver's
 * exception contradicts it.
 *
 * <p>The classes of an instance are walked, not looked up anywhere, so that any class loader and
 * any class derived by the application will do. That is done once for each class, which then keeps
 * the names that were found: texts, and no verdicts, because a class of the JDK or of the container
 * would keep those alive, with this web application's class loader.
 */
final class ClassEvidence implements Evidence {

  private static final String[] NONE = {};

  /** The known classes among those of a throwable, the nearest first; mostly there is none. */
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

  /** The class itself first, then what it implements, then what it extends. */
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
