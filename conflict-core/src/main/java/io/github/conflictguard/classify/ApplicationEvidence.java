package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of the application's classifiers, which its context class loader finds as services.
 *
 * <p>Several applications may share this library, so there is one list for each class loader. The
 * list is held weakly: its classifiers refer to their loader, and nothing here may prevent an
 * undeployed application from being collected. Therefore the list is loaded again after a garbage
 * collection, but only when an exception is classified. That an application has no classifiers is
 * remembered permanently.
 */
final class ApplicationEvidence implements Evidence {

  private static final Logger LOG = Logger.getLogger(ApplicationEvidence.class.getName());

  private static final List<ConflictClassifier> NONE = Collections.emptyList();
  private static final Reference<List<ConflictClassifier>> REFERENCE_TO_NONE =
      new WeakReference<>(NONE);

  private final Map<ClassLoader, Reference<List<ConflictClassifier>>> byLoader =
      Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public Verdict weigh(List<Throwable> throwables) {
    for (ConflictClassifier classifier : classifiers()) {
      if (Boolean.TRUE.equals(SafeReader.read(() -> classifier.excludes(throwables.get(0))))) {
        return Verdict.NO_CONFLICT;
      }
      Conflict conflict =
          SafeReader.<@Nullable Conflict>read(() -> classifier.conflictIn(throwables.get(0)));
      if (conflict != null) {
        return Verdict.conflict(conflict.kind(), conflict.constraint());
      }
    }
    return Verdict.UNDECIDED;
  }

  private List<ConflictClassifier> classifiers() {
    ClassLoader context = SafeReader.read(Thread.currentThread()::getContextClassLoader);
    ClassLoader loader = context == null ? getClass().getClassLoader() : context;
    Reference<List<ConflictClassifier>> known = byLoader.get(loader);
    List<ConflictClassifier> classifiers = known == null ? null : known.get();
    if (classifiers == null) {
      // Two threads may do so at once, and the second list is kept: classifiers are stateless.
      classifiers = load(loader);
      byLoader.put(
          loader, classifiers.isEmpty() ? REFERENCE_TO_NONE : new WeakReference<>(classifiers));
    }
    return classifiers;
  }

  private static List<ConflictClassifier> load(ClassLoader loader) {
    List<ConflictClassifier> classifiers = new ArrayList<>();
    Iterator<ConflictClassifier> services =
        ServiceLoader.load(ConflictClassifier.class, loader).iterator();
    // An iterator that fails permanently must not block the request: the number of attempts is
    // limited.
    for (int attempts = 0; attempts < CauseGraph.MAX_THROWABLES; attempts++) {
      try {
        if (!services.hasNext()) {
          break;
        }
        classifiers.add(services.next());
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        // Another exception is being handled; the remaining classifiers may still succeed.
        LOG.log(
            Level.WARNING,
            "A classifier in META-INF/services/"
                + ConflictClassifier.class.getName()
                + " cannot be used; expected a public class with a public constructor without"
                + " parameters that implements it",
            e);
      }
    }
    return classifiers.isEmpty() ? NONE : classifiers;
  }
}
