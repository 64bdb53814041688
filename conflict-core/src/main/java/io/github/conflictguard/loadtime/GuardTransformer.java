package io.github.conflictguard.loadtime;

import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.GuardedAbove;
import io.github.conflictguard.weave.WeaveLog;
import io.github.conflictguard.weave.Weaver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes while they are loaded, by the JVM with an agent, or by a container for one web
 * application.
 *
 * <p>Most classes are only searched with a {@link
 * io.github.conflictguard.classfile.ConstantPoolScanner}; Byte Buddy is not loaded before the first
 * class that requires a guard. A class that cannot be woven is loaded unchanged, and the reason is
 * logged. Thread-safe.
 */
final class GuardTransformer implements ClassFileTransformer, Predicate<Class<?>> {

  private static final String GUARD = "io/github/conflictguard/guard/WovenGuard.class";

  /** Classes that weaving itself needs, and others that never require a guard. */
  private static final String[] PASSED = {
    "java/",
    "jdk/",
    "sun/",
    "com/sun/",
    "net/bytebuddy/",
    "io/github/conflictguard/agent/",
    "io/github/conflictguard/archive/",
    "io/github/conflictguard/classfile/",
    "io/github/conflictguard/classify/",
    "io/github/conflictguard/conflict/",
    "io/github/conflictguard/count/",
    "io/github/conflictguard/guard/",
    "io/github/conflictguard/loadtime/",
    "io/github/conflictguard/locktemplate/",
    "io/github/conflictguard/problem/",
    "io/github/conflictguard/recorder/",
    "io/github/conflictguard/transaction/",
    "io/github/conflictguard/weave/"
  };

  private final GuardTargets targets;
  private final String wovenBy;
  private final WeaveLog log;
  private final boolean looksAbove;
  private volatile @Nullable Weaver weaver;
  private final Map<ClassLoader, Surroundings> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  GuardTransformer(GuardTargets targets, boolean looksAbove, String wovenBy, WeaveLog log) {
    this.targets = targets;
    this.wovenBy = wovenBy;
    this.log = log;
    this.looksAbove = looksAbove;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    // Jetty passes names with dots here, Tomcat and the JVM with slashes.
    String internalName = name == null ? "" : name.replace('.', '/');
    if (loader == null || internalName.isEmpty() || isPassed(internalName)) {
      return null;
    }
    try {
      return weave(loader, internalName, classFile);
    } catch (Throwable e) { // The JVM would ignore it, and leave the class unguarded.
      log.left(internalName.replace('/', '.'), "weaving failed with " + e);
      return null;
    }
  }

  private byte @Nullable [] weave(ClassLoader loader, String internalName, byte[] classFile)
      throws Exception {
    boolean mentioned = GuardTargets.mentionsAnnotation(classFile);
    boolean asked = mentioned || targets.isNamed(internalName);
    if (!asked && !looksAbove) {
      return null;
    }
    Surroundings surroundings = surroundings(loader);
    if (looksAbove && surroundings.above.learn(internalName, classFile, mentioned)) {
      asked = true;
    }
    if (!asked) {
      return null;
    }
    if (!surroundings.seesGuard) {
      // Without the guard's classes, its exceptions would be replaced by NoClassDefFoundError.
      log.left(
          internalName.replace('/', '.'),
          "its class loader does not see the guard; put conflict-core where that one looks ("
              + loader.getClass().getName()
              + ")");
      return null;
    }
    if (!hasClassFile(loader, internalName)) {
      return null;
    }
    return weaver()
        .weave(classFile, ClassFileLocator.ForClassLoader.of(loader), surroundings.above);
  }

  /**
   * Returns whether the class is available to its loader as a file, as in a build. Frameworks
   * generate other classes at run time, as subclasses of guarded ones.
   */
  private static boolean hasClassFile(ClassLoader loader, String internalName) {
    return loader.getResource(internalName + ".class") != null;
  }

  /** Returns whether a class that is already loaded requires a guard. */
  @Override
  public boolean test(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    String internalName = type.getName().replace('.', '/');
    return loader != null
        && !type.isArray()
        && !isPassed(internalName)
        && (targets.isNamed(internalName) || surroundings(loader).above.speaks(internalName));
  }

  /** Returns the weaver. Two threads may create one each: these are equivalent. */
  private Weaver weaver() {
    Weaver made = weaver;
    if (made == null) {
      made = new Weaver(targets, wovenBy, log);
      weaver = made;
    }
    return made;
  }

  private Surroundings surroundings(ClassLoader loader) {
    Surroundings surroundings = known.get(loader);
    if (surroundings == null) {
      surroundings = new Surroundings(loader);
      known.put(loader, surroundings);
    }
    return surroundings;
  }

  private static boolean isPassed(String internalName) {
    for (String prefix : PASSED) {
      if (internalName.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Cached properties of a class loader, which is held only by the weak map. */
  private static final class Surroundings {

    final boolean seesGuard;
    final GuardedAbove above;

    Surroundings(ClassLoader loader) {
      // Looks for a resource: a transformer should not load classes.
      this.seesGuard = loader.getResource(GUARD) != null;
      this.above = GuardedAbove.in(loader);
    }
  }
}
