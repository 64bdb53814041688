package io.github.conflictguard.archive;

import io.github.conflictguard.classfile.GuardedAbove;
import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class files of an application like a class loader, without loading them. Nested
 * archives are unpacked to temporary files.
 */
final class ApplicationClasses implements Closeable {

  private static final String GUARD = "io/github/conflictguard/guard/WovenGuard.class";

  private final List<URL> urls = new ArrayList<>();
  private final @Nullable Path unpacked;
  private final URLClassLoader loader;
  private final GuardedAbove above;

  private ApplicationClasses(List<URL> own, @Nullable Path unpacked, List<URL> more) {
    this.urls.addAll(own);
    this.urls.addAll(more);
    this.unpacked = unpacked;
    this.loader =
        new URLClassLoader(
            urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent());
    this.above = GuardedAbove.in(loader);
  }

  /**
   * Opens a folder.
   *
   * @param more further locations
   */
  static ApplicationClasses of(Path folder, ApplicationLayout layout, List<URL> more)
      throws IOException {
    List<URL> own = new ArrayList<>();
    own.add(folder.toUri().toURL());
    for (String classes : new String[] {"WEB-INF/classes/", "BOOT-INF/classes/"}) {
      own.add(folder.resolve(classes).toUri().toURL());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().collect(Collectors.toList())) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (layout.isLibrary(name) || layout.isJarModule(name)) {
          own.add(file.toUri().toURL());
        }
      }
    }
    return new ApplicationClasses(own, null, more);
  }

  /**
   * Opens an archive.
   *
   * @param more further locations
   */
  static ApplicationClasses of(ArchiveFile archive, ApplicationLayout layout, List<URL> more)
      throws IOException {
    Path folder = Files.createTempDirectory("conflict-guard");
    try {
      List<URL> own = new ArrayList<>();
      own.add(folder.toUri().toURL());
      int jars = 0;
      for (ArchiveEntry entry : archive.entries()) {
        String name = entry.name();
        boolean jar = layout.isLibrary(name) || layout.isJarModule(name);
        String place = jar ? "." + jars++ + ".jar" : ApplicationLayout.withoutFolder(name);
        Path target = jar || name.endsWith(".class") ? inside(folder, place) : null;
        byte[] content = target == null ? null : contentOf(archive, entry);
        if (target != null && content != null && !Files.exists(target)) {
          Files.createDirectories(target.getParent());
          Files.write(target, content);
          if (jar) {
            own.add(target.toUri().toURL());
          }
        }
      }
      return new ApplicationClasses(own, folder, more);
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /** Returns the content of an entry; null if it cannot be read, which is reported elsewhere. */
  private static byte @Nullable [] contentOf(ArchiveFile archive, ArchiveEntry entry) {
    try {
      return entry.isReadable() ? archive.content(entry) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the path of an entry below a folder; null if it cannot have one. */
  private static @Nullable Path inside(Path folder, String name) {
    try {
      Path place = folder.resolve(name).normalize();
      return place.startsWith(folder) ? place : null;
    } catch (InvalidPathException e) {
      return null; // The file system does not support these characters.
    }
  }

  static List<URL> urls(List<Path> paths) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path path : paths) {
      urls.add(path.toUri().toURL());
    }
    return urls;
  }

  /** Returns the locations, for a nested application. */
  List<URL> urls() {
    return urls;
  }

  ClassFileLocator locator() {
    return ClassFileLocator.ForClassLoader.of(loader);
  }

  GuardedAbove above() {
    return above;
  }

  /** Returns whether the classes that woven code calls are present. */
  boolean hasGuard() {
    return loader.getResource(GUARD) != null;
  }

  @Override
  public void close() throws IOException {
    loader.close();
    if (unpacked != null) {
      delete(unpacked);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.delete(file);
      }
    }
  }
}
