package io.github.conflictguard.loadtime;

import io.github.conflictguard.recorder.Coverage;
import io.github.conflictguard.weave.ConsoleLog;
import io.github.conflictguard.weave.WeaveLog;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets exceptions of known conflicts record themselves, and JDBC drivers report changes. Used by
 * the agent only, because some of these classes belong to the JDK. Thread-safe.
 */
final class RecorderTransformer implements ClassFileTransformer, Predicate<Class<?>> {

  private static final String RECORDER = "io.github.conflictguard.recorder.Recorder";

  private final RecordedClasses classes;
  private final boolean fencesModules;
  private final WeaveLog log;
  private final Map<ClassLoader, Boolean> known = Collections.synchronizedMap(new WeakHashMap<>());

  private RecorderTransformer(RecordedClasses classes, boolean fencesModules, WeaveLog log) {
    this.classes = classes;
    this.fencesModules = fencesModules;
    this.log = log;
  }

  /**
   * Installs the transformer, and applies it to classes that are already loaded.
   *
   * @param more internal names of further exceptions
   * @param fencesModules whether drivers call the hook also where they can only do so by name
   */
  static void install(
      Instrumentation instrumentation,
      Collection<String> more,
      boolean fencesModules,
      ConsoleLog log) {
    try {
      instrumentation.appendToBootstrapClassLoaderSearch(RecorderJar.write());
    } catch (IOException e) {
      log.say("there will be no recorder: its jar cannot be written, " + e);
      return;
    }
    RecordedClasses classes = new RecordedClasses(more);
    RecorderTransformer transformer = new RecorderTransformer(classes, fencesModules, log);
    Coverage.install();
    instrumentation.addTransformer(transformer, true);
    LoadedClasses.retransform(instrumentation, transformer, log);
  }

  /** Returns whether a class that is already loaded is an exception to be recorded. */
  @Override
  public boolean test(Class<?> type) {
    return classes.isException(type.getName().replace('.', '/'));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    try {
      if (name == null) {
        return null;
      }
      if (classes.isException(name)) {
        RecorderCalls calls = calls(loader, name);
        return calls == null ? null : RecorderVisitor.ofException(classFile, calls);
      }
      if (loader == null || !RecordedClasses.mayStore(name, classFile)) {
        return null;
      }
      RecorderCalls calls = calls(loader, name);
      if (calls == null) {
        return null;
      }
      boolean isHooked = calls == RecorderCalls.DIRECT || fencesModules;
      return RecorderVisitor.ofDriver(classFile, calls, isHooked, Coverage::driverWoven);
    } catch (Throwable e) { // The JVM would ignore it.
      leave(String.valueOf(name), e.toString());
      return null;
    }
  }

  /**
   * Returns how classes of a loader can call the recorder; null if they cannot. Classes in OSGi and
   * JBoss Modules do not see the boot class loader, and load the recorder by name, which a security
   * manager would not permit.
   */
  private @Nullable RecorderCalls calls(@Nullable ClassLoader loader, String name) {
    if (seesRecorder(loader)) {
      return RecorderCalls.DIRECT;
    }
    if (System.getSecurityManager() == null) {
      return RecorderCalls.BY_NAME;
    }
    leave(name, "its class loader does not see the recorder, and a security manager is installed");
    return null;
  }

  private void leave(String name, String reason) {
    Coverage.leftOut();
    log.left(name.replace('/', '.'), "the recorder does not hear of it, " + reason);
  }

  /** Returns whether the loader delegates to the boot class loader. */
  private boolean seesRecorder(@Nullable ClassLoader loader) {
    if (loader == null) {
      return true;
    }
    Boolean answer = known.get(loader);
    if (answer == null) {
      answer = isThere(loader);
      known.put(loader, answer);
    }
    return answer;
  }

  /**
   * Returns whether a loader finds the recorder, which is already loaded, so that no class is
   * loaded by this.
   */
  private static boolean isThere(ClassLoader loader) {
    try {
      return Class.forName(RECORDER, false, loader).getClassLoader() == null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
