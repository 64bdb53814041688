package com.example.orders.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The classes in which two archives of the application differ. */
final class ChangedClasses {

  private ChangedClasses() {}

  /** Returns their simple names. */
  static Set<String> between(Path before, Path after) throws IOException {
    TreeMap<String, byte[]> old = read(before);
    TreeMap<String, byte[]> now = read(after);
    if (!old.keySet().equals(now.keySet())) {
      throw new AssertionError(old.keySet() + " are not " + now.keySet());
    }
    Set<String> changed = new TreeSet<>();
    old.forEach(
        (name, bytes) -> {
          if (!Arrays.equals(bytes, now.get(name))) {
            changed.add(name.substring(name.lastIndexOf('/') + 1).replace(".class", ""));
          }
        });
    return changed;
  }

  private static TreeMap<String, byte[]> read(Path war) throws IOException {
    TreeMap<String, byte[]> classes = new TreeMap<>();
    try (InputStream file = Files.newInputStream(war)) {
      collect(file, classes);
    }
    return classes;
  }

  private static void collect(InputStream archive, TreeMap<String, byte[]> classes)
      throws IOException {
    ZipInputStream entries = new ZipInputStream(archive);
    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
      String name = entry.getName();
      if (name.startsWith("WEB-INF/lib/orders-")) {
        collect(new ByteArrayInputStream(entries.readAllBytes()), classes);
      } else if (name.endsWith(".class")) {
        classes.put(name, entries.readAllBytes());
      }
    }
  }
}
