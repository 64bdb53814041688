package io.github.conflictguard.loadtime;

import io.github.conflictguard.weave.WeaveLog;
import java.lang.instrument.Instrumentation;
import java.util.function.Predicate;

/** Retransforms classes that were loaded before a transformer was registered. */
final class LoadedClasses {

  private LoadedClasses() {}

  /** Passes the selected classes to the transformers of the JVM again. */
  static void retransform(
      Instrumentation instrumentation, Predicate<Class<?>> chosen, WeaveLog log) {
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (chosen.test(type) && instrumentation.isModifiableClass(type)) {
        try {
          // One at a time: a class that the JVM rejects must not affect the others.
          instrumentation.retransformClasses(type);
        } catch (Exception | LinkageError e) {
          log.left(type.getName(), "it is loaded already, and the JVM refuses to change it: " + e);
        }
      }
    }
  }
}
