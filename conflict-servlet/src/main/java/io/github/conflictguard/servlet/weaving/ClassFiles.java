package io.github.conflictguard.servlet.weaving;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The class files of a web application, in its classes and optionally its libraries. */
final class ClassFiles {

  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String LIBRARIES = "/WEB-INF/lib/";
  private static final String SUFFIX = ".class";

  private final ServletContext context;
  private final boolean libraries;

  ClassFiles(ServletContext context, boolean libraries) {
    this.context = context;
    this.libraries = libraries;
  }

  /**
   * Reads all of them.
   *
   * @param reader receives internal names and class files
   */
  void forEach(BiConsumer<String, byte[]> reader) throws IOException {
    folder(CLASSES, reader);
    if (libraries) {
      for (String path : paths(LIBRARIES)) {
        InputStream library = path.endsWith(".jar") ? context.getResourceAsStream(path) : null;
        if (library != null) {
          try (ZipInputStream jar = new ZipInputStream(library)) {
            library(jar, reader);
          }
        }
      }
    }
  }

  private void folder(String folder, BiConsumer<String, byte[]> reader) throws IOException {
    for (String path : paths(folder)) {
      if (path.endsWith("/")) {
        folder(path, reader);
      } else if (path.endsWith(SUFFIX)) {
        try (InputStream in = context.getResourceAsStream(path)) {
          if (in != null) {
            reader.accept(nameIn(path.substring(CLASSES.length())), readAll(in));
          }
        }
      }
    }
  }

  private static void library(ZipInputStream jar, BiConsumer<String, byte[]> reader)
      throws IOException {
    for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
      String name = entry.getName();
      // A multi-release jar contains the same classes again under META-INF.
      if (name.endsWith(SUFFIX) && !name.startsWith("META-INF/")) {
        reader.accept(nameIn(name), readAll(jar));
      }
    }
  }

  private Set<String> paths(String folder) {
    @Nullable Set<String> paths = context.getResourcePaths(folder);
    return paths == null ? Collections.emptySet() : paths;
  }

  private static String nameIn(String path) {
    return path.substring(0, path.length() - SUFFIX.length());
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    byte[] part = new byte[8192];
    for (int length = in.read(part); length >= 0; length = in.read(part)) {
      bytes.write(part, 0, length);
    }
    return bytes.toByteArray();
  }
}
