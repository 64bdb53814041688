package io.github.conflictguard.weave;

import io.github.conflictguard.guard.ConflictGuarded;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;

/** Sample classes of the tests, taken from the compiler's output, woven as a build does it. */
final class WovenClasses {

  private final Path source;
  private final Path target;

  private WovenClasses(Path source, Path target) {
    this.source = source;
    this.target = target;
  }

  /** Weaves copies of the given classes and nothing else. */
  static WovenClasses weave(Path folder, Class<?>... samples) throws IOException {
    return weave(new Plugin.Engine.Default(), folder, samples);
  }

  /** Weaves by an engine that is configured in another way than a build does it by itself. */
  static WovenClasses weave(Plugin.Engine engine, Path folder, Class<?>... samples)
      throws IOException {
    Path source = Files.createDirectories(folder.resolve("unwoven"));
    for (Class<?> sample : samples) {
      Path file = source.resolve(fileOf(sample.getName()));
      Files.createDirectories(file.getParent());
      Files.write(file, ClassFileLocator.ForClassLoader.read(sample));
    }
    return apply(engine, source, folder.resolve("woven"));
  }

  /** Weaves the result once more. */
  WovenClasses weaveAgain(Path folder) throws IOException {
    return apply(new Plugin.Engine.Default(), target, folder);
  }

  private static WovenClasses apply(Plugin.Engine engine, Path source, Path target)
      throws IOException {
    // A target that does not exist would be written as a jar file.
    Files.createDirectories(target);
    engine
        .with(ClassFileLocator.ForClassLoader.of(WovenClasses.class.getClassLoader()))
        .apply(
            source.toFile(), target.toFile(), new Plugin.Factory.Simple(new ConflictGuardPlugin()));
    return new WovenClasses(source, target);
  }

  /** Returns the folder of the woven copies. */
  Path folder() {
    return target;
  }

  byte[] before(Class<?> sample) throws IOException {
    return Files.readAllBytes(source.resolve(fileOf(sample.getName())));
  }

  byte[] after(Class<?> sample) throws IOException {
    return Files.readAllBytes(target.resolve(fileOf(sample.getName())));
  }

  /** Loads the woven copy of a sample. */
  Class<?> load(Class<?> sample) throws Exception {
    return new ChildFirst(target.toUri().toURL()).loadClass(sample.getName());
  }

  /** Loads the woven copy of a sample where the guard's classes cannot be found. */
  Class<?> loadWithoutGuard(Class<?> sample) throws Exception {
    ClassLoader nothingButTheJdk = ClassLoader.getPlatformClassLoader();
    return new URLClassLoader(new URL[] {target.toUri().toURL()}, nothingButTheJdk)
        .loadClass(sample.getName());
  }

  /** Loads the woven copy of a sample together with copies of the guard's classes. */
  Class<?> loadWithOwnGuard(Class<?> sample) throws Exception {
    URL guard = ConflictGuarded.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader nothingButTheJdk = ClassLoader.getPlatformClassLoader();
    return new URLClassLoader(new URL[] {target.toUri().toURL(), guard}, nothingButTheJdk)
        .loadClass(sample.getName());
  }

  private static String fileOf(String className) {
    return className.replace('.', File.separatorChar) + ".class";
  }

  /** Finds the woven copies before the originals of the test class path. */
  private static final class ChildFirst extends URLClassLoader {

    ChildFirst(URL folder) {
      super(new URL[] {folder}, WovenClasses.class.getClassLoader());
    }

    @Override
    protected synchronized Class<?> loadClass(String name, boolean resolve)
        throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve);
      }
    }
  }
}
