package io.github.conflictguard.weave;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The class files of a finished application, as a class loader finds them that never loads one.
 * What a WAR carries inside is unpacked for a while.
 */
final class ApplicationClasses implements Closeable {

  static final String CLASSES = "WEB-INF/classes/";
  static final String LIBRARIES = "WEB-INF/lib/";

  private final List<URL> urls = new ArrayList<>();
  private final @Nullable Path unpacked;
  private final URLClassLoader loader;

  /**
   * Opens an application.
   *
   * @param input a WAR, a JAR or a folder
   * @param more where else to look: folders and jars
   */
  ApplicationClasses(Path input, List<Path> more) throws IOException {
    Path inside = null;
    if (Files.isDirectory(input)) {
      addFolder(input);
    } else {
      inside = Files.createTempDirectory("conflict-guard");
      unpack(input, inside);
      addFolder(inside);
      urls.add(input.toUri().toURL());
    }
    for (Path part : more) {
      urls.add(part.toUri().toURL());
    }
    this.unpacked = inside;
    this.loader =
        new URLClassLoader(
            urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent());
  }

  /** For resources. */
  ClassLoader loader() {
    return loader;
  }

  @Override
  public void close() throws IOException {
    loader.close();
    if (unpacked != null) {
      try (Stream<Path> files = Files.walk(unpacked)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
          Files.delete(file);
        }
      }
    }
  }

  private void addFolder(Path folder) throws IOException {
    urls.add(folder.toUri().toURL());
    if (Files.isDirectory(folder.resolve(CLASSES))) {
      urls.add(folder.resolve(CLASSES).toUri().toURL());
    }
    if (Files.isDirectory(folder.resolve(LIBRARIES))) {
      try (Stream<Path> jars = Files.list(folder.resolve(LIBRARIES))) {
        for (Path jar : jars.sorted().collect(Collectors.toList())) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
  }

  private static void unpack(Path archive, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        boolean wanted = name.startsWith(CLASSES) || name.startsWith(LIBRARIES);
        Path target = folder.resolve(name).normalize();
        if (wanted && !entry.isDirectory() && target.startsWith(folder)) {
          Files.createDirectories(target.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
    }
  }
}
