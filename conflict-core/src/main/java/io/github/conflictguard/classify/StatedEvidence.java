package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that exceptions declare themselves: the outermost that does so decides.
 *
 * <p>An exception may implement {@link ClassifiedConflict} of another class loader: the agent
 * contains a copy of this library, and a container may share one. The interface is therefore
 * recognized by name.
 */
final class StatedEvidence implements Evidence {

  private static final Class<?>[] NONE = {};

  /**
   * The {@link ClassifiedConflict} interfaces that a class implements, ours or a copy. A class
   * refers to its interfaces anyway, so the cached value keeps no additional loader reachable.
   */
  private static final ClassValue<Class<?>[]> IMPLEMENTED =
      new ClassValue<Class<?>[]>() {
        @Override
        protected Class<?>[] computeValue(Class<?> type) {
          Class<?> implemented =
              ClassifiedConflict.class.isAssignableFrom(type)
                  ? ClassifiedConflict.class
                  : copyImplementedBy(type);
          return implemented == null ? NONE : new Class<?>[] {implemented};
        }
      };

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    for (int i = 0; i < throwables.size(); i++) {
      Throwable throwable = throwables.get(i);
      // Not tested by instanceof, which is slow for interfaces that a class does not implement.
      for (Class<?> implemented : IMPLEMENTED.get(throwable.getClass())) {
        Verdict verdict =
            implemented == ClassifiedConflict.class
                ? stated((ClassifiedConflict) throwable)
                : statedToOthers(throwable, implemented);
        if (verdict.isDecided()) {
          return verdict;
        }
      }
    }
    return Verdict.UNDECIDED;
  }

  private static Verdict stated(ClassifiedConflict stated) {
    ConflictKind kind = SafeReader.read(stated::kind);
    return kind == null
        ? Verdict.UNDECIDED
        : Verdict.conflict(kind, SafeReader.read(stated::constraint));
  }

  private static Verdict statedToOthers(Throwable throwable, Class<?> foreign) {
    ConflictKind kind =
        SafeReader.read(
            () ->
                ConflictKind.valueOf(
                    ((Enum<?>) foreign.getMethod("kind").invoke(throwable)).name()));
    return kind == null
        ? Verdict.UNDECIDED
        : Verdict.conflict(
            kind,
            SafeReader.read(() -> (String) foreign.getMethod("constraint").invoke(throwable)));
  }

  private static @Nullable Class<?> copyImplementedBy(@Nullable Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        Class<?> copy =
            implemented.getName().equals(ClassifiedConflict.class.getName())
                ? implemented
                : copyImplementedBy(implemented);
        if (copy != null) {
          return copy;
        }
      }
    }
    return null;
  }
}
