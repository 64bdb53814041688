package io.github.conflictguard.servlet.jar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** One of the jars that the build has made. */
public enum BuiltJar {
  CORE("core.jar", ""),
  AGENT("agent.jar", ""),
  JAKARTA("jars", ".jar"),
  JAVAX("jars", "-javax.jar"),
  DROPIN_JAKARTA("jars", "-dropin-jakarta.jar"),
  DROPIN_JAVAX("jars", "-dropin-javax.jar");

  private final String property;
  private final String end;
  private final Map<String, byte[]> read = new LinkedHashMap<>();

  BuiltJar(String property, String end) {
    this.property = property;
    this.end = end;
  }

  /** Returns its path. */
  public Path file() {
    return Path.of(System.getProperty(property) + end);
  }

  /** Returns its files by their names, without folders. */
  synchronized Map<String, byte[]> files() {
    if (read.isEmpty()) {
      read.putAll(files(file()));
    }
    return read;
  }

  /** Returns the files of any jar by their names, without folders. */
  static Map<String, byte[]> files(Path archive) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (JarFile jar = new JarFile(archive.toFile())) {
      for (var entry : jar.stream().filter(file -> !file.isDirectory()).toList()) {
        files.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Returns a text file; null when there is none. */
  String text(String name) {
    return text(files(), name);
  }

  /** Returns a text file of any jar; null when there is none. */
  static String text(Path jar, String name) {
    return text(files(jar), name);
  }

  private static String text(Map<String, byte[]> files, String name) {
    byte[] file = files.get(name);
    return file == null ? null : new String(file, UTF_8);
  }

  Manifest manifest() throws IOException {
    try (JarFile jar = new JarFile(file().toFile())) {
      return jar.getManifest();
    }
  }

  /** The names of the classes that mention a text, in a reference or in a string constant. */
  Stream<String> classesThatMention(String text) {
    return files().entrySet().stream()
        .filter(file -> file.getKey().endsWith(".class"))
        .filter(file -> count(text, file.getValue()) > 0)
        .map(Map.Entry::getKey);
  }

  /** How often the classes mention a text. */
  int mentions(String text) {
    return files().entrySet().stream()
        .filter(file -> file.getKey().endsWith(".class"))
        .mapToInt(file -> count(text, file.getValue()))
        .sum();
  }

  /** Names and constants stand in a class file as they are, as long as they are ASCII. */
  private static int count(String text, byte[] classFile) {
    return new String(classFile, ISO_8859_1).split(text.replace(".", "\\."), -1).length - 1;
  }
}
