package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.Supertypes;
import io.github.conflictguard.classfile.TargetPattern;
import io.github.conflictguard.guard.ConflictGuarded;
import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Weaves every method of real libraries of twenty years, and has the JVM verify every class. Run by
 * the profile mass-weave.
 */
@Tag("mass")
class MassWeaveIT {

  private static final int BATCH = 250;

  private final Instrumentation instrumentation = ByteBuddyAgent.install();
  private final List<String> failures = new ArrayList<>();
  private final Map<Integer, Integer> versions = new TreeMap<>();
  private final TreeSet<String> refusals = new TreeSet<>();
  private final TreeSet<String> wanting = new TreeSet<>();
  private int methods;
  private int verified;
  private int unloadable;

  @Test
  void everyMethodOfRealLibrariesIsWovenAndPassesTheVerifier() throws Exception {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("mass.jars")))) {
      jars = files.sorted().toList();
    }
    for (Path jar : jars) {
      weave(jar, jars);
    }
    System.out.println(
        jars.size()
            + " jars, class files by version "
            + versions
            + ", methods woven "
            + methods
            + ", classes verified "
            + verified
            + ", without what they need "
            + unloadable
            + ", with the guard alone "
            + wanting
            + ", kinds of refusal "
            + refusals);
    assertEquals(List.of(), failures);
    assertTrue(wanting.size() < 10, wanting.toString());
    assertTrue(jars.size() >= 20, "jars: " + jars.size());
    assertTrue(methods > 100_000, "methods: " + methods);
    assertTrue(versions.containsKey(45) && versions.containsKey(61), versions.toString());
  }

  private void weave(Path jar, List<Path> all) throws Exception {
    try (URLClassLoader others = new URLClassLoader(urls(all), platform());
        URLClassLoader library = new OneLibrary(jar, others);
        JarFile entries = new JarFile(jar.toFile())) {
      List<ClassDefinition> batch = new ArrayList<>();
      List<byte[]> originals = new ArrayList<>();
      for (JarEntry entry : entries.stream().toList()) {
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF")) {
          byte[] original = entries.getInputStream(entry).readAllBytes();
          byte[] woven = weave(jar, original, library);
          Class<?> type = woven == null ? null : load(library, ClassOutline.read(original).name());
          if (type != null) {
            batch.add(new ClassDefinition(type, woven));
            originals.add(original);
          }
        }
        if (batch.size() == BATCH) {
          verify(batch, originals);
          batch.clear();
          originals.clear();
        }
      }
      verify(batch, originals);
    }
  }

  /** By turns with each of the three sorts of advice. */
  private byte[] weave(Path jar, byte[] original, ClassLoader library) throws IOException {
    ClassOutline outline = ClassOutline.read(original);
    versions.merge(outline.version(), 1, Integer::sum);
    String options =
        List.of("", " attempts=3", " attempts=2 lock=x").get(outline.methods().size() % 3);
    GuardTargets targets = GuardTargets.of(TargetPattern.parse("**#*" + options));
    Counting log = new Counting();
    try {
      byte[] woven =
          new Weaver(targets, "command", log)
              .weave(original, ClassFileLocator.ForClassLoader.of(library), Supertypes.NONE);
      methods += log.woven;
      return woven;
    } catch (RuntimeException | LinkageError e) {
      failures.add(jar.getFileName() + " " + outline.name() + ": " + e);
      return null;
    }
  }

  private Class<?> load(ClassLoader library, String name) {
    try {
      return Class.forName(name, false, library);
    } catch (ClassNotFoundException | LinkageError e) {
      unloadable++; // With or without a guard: it needs a library that is not here.
      return null;
    }
  }

  /** The JVM verifies what a class is redefined with; one that is wrong refuses all of them. */
  private void verify(List<ClassDefinition> woven, List<byte[]> originals) throws Exception {
    if (woven.isEmpty()) {
      return;
    }
    try {
      instrumentation.redefineClasses(woven.toArray(ClassDefinition[]::new));
      verified += woven.size();
    } catch (LinkageError | InternalError e) {
      int half = woven.size() / 2;
      if (half == 0) {
        compare(woven.get(0), originals.get(0), e);
      } else {
        verify(woven.subList(0, half), originals.subList(0, half));
        verify(woven.subList(half, woven.size()), originals.subList(half, woven.size()));
      }
    }
  }

  /**
   * What the verifier refuses in the same way without a guard needs a library that is not here. So
   * does what it refuses for want of a class: in class files before Java 6, which have no frames, a
   * guard makes it compare types that it has not had to compare before.
   */
  private void compare(ClassDefinition woven, byte[] original, Error refusal) throws Exception {
    Class<?> type = woven.getDefinitionClass();
    try {
      instrumentation.redefineClasses(new ClassDefinition(type, original));
    } catch (LinkageError | InternalError unwoven) {
      unloadable++;
      return;
    }
    try {
      Class.forName(type.getName(), true, new OneClass(type, woven.getDefinitionClassFile()));
      failures.add(type.getName() + ": " + refusal);
    } catch (NoClassDefFoundError missing) {
      wanting.add(type.getName() + " (" + missing.getMessage() + ")");
    } catch (LinkageError said) {
      failures.add(type.getName() + ": " + said);
    }
  }

  private static URL[] urls(List<Path> jars) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    urls.add(ConflictGuarded.class.getProtectionDomain().getCodeSource().getLocation());
    return urls.toArray(URL[]::new);
  }

  private static ClassLoader platform() {
    return ClassLoader.getPlatformClassLoader();
  }

  private final class Counting implements WeaveLog {

    private int woven;

    @Override
    public void woven(String target) {
      woven++;
    }

    @Override
    public void found(String target) {
      failures.add(target + " is woven already");
    }

    @Override
    public void refused(String target, String reason) {
      refusals.add(reason);
    }

    @Override
    public void warned(String target, String reason) {
      refusals.add(reason);
    }

    @Override
    public void left(String className, String reason) {
      failures.add(className + ": " + reason);
    }
  }

  /** Finds its own classes first: several versions of a library are among the others. */
  private static final class OneLibrary extends URLClassLoader {

    OneLibrary(Path jar, ClassLoader others) throws IOException {
      super(new URL[] {jar.toUri().toURL()}, others);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null || name.startsWith("java.")) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        try {
          return findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
    }
  }

  /** Defines one class itself, to hear what the verifier says of it. */
  private static final class OneClass extends ClassLoader {

    private final String name;
    private final byte[] classFile;

    OneClass(Class<?> type, byte[] classFile) {
      super(type.getClassLoader());
      this.name = type.getName();
      this.classFile = classFile;
    }

    @Override
    protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
      return wanted.equals(name)
          ? defineClass(name, classFile, 0, classFile.length)
          : super.loadClass(wanted, resolve);
    }
  }
}
