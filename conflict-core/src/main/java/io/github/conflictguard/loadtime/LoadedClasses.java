package io.github.conflictguard.loadtime;

import io.github.conflictguard.weave.WeaveLog;
import java.lang.instrument.Instrumentation;
import java.util.function.Predicate;

/** Classes that were loaded before a transformer was there. */
final class LoadedClasses {

  private LoadedClasses() {}

  /** Lets the transformers of the JVM see those of the classes again that are chosen. */
  static void retransform(
      Instrumentation instrumentation, Predicate<Class<?>> chosen, WeaveLog log) {
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (chosen.test(type) && instrumentation.isModifiableClass(type)) {
        try {
          // One at a time: a class that the JVM refuses must not keep the others back.
          instrumentation.retransformClasses(type);
        } catch (Exception | LinkageError e) {
          log.left(type.getName(), "it is loaded already, and the JVM refuses to change it: " + e);
        }
      }
    }
  }
}
