package io.github.conflictguard.servlet.matrix;

import io.github.conflictguard.servlet.jar.BuiltJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;

/** The two worlds of servlets. */
enum Namespace {
  JAVAX(BuiltJar.DROPIN_JAVAX, "http://xmlns.jcp.org/xml/ns/javaee", "3.1"),
  JAKARTA(BuiltJar.DROPIN_JAKARTA, "https://jakarta.ee/xml/ns/jakartaee", "5.0");

  /** The specifications that test applications use. */
  private static final String RENAMED = "(servlet|ejb|enterprise|transaction)";

  private static final Path CLASSES = Path.of(System.getProperty("test.classes", ""));

  /** The jar that the owner of a WAR copies. */
  final BuiltJar dropIn;

  /** The attributes of the root of a {@code web.xml} that is not outdated. */
  final String descriptor;

  Namespace(BuiltJar dropIn, String schema, String version) {
    this.dropIn = dropIn;
    this.descriptor = "xmlns='%s' version='%s'".formatted(schema, version);
  }

  /** The class files of a package of this module's tests, as they look in this world. */
  Map<String, byte[]> classesOf(String packageName) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    Path folder = CLASSES.resolve(packageName.replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        byte[] written = Files.readAllBytes(file);
        classes.put(
            CLASSES.relativize(file).toString(), this == JAKARTA ? written : renamed(written));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  private static byte[] renamed(byte[] classFile) {
    ClassWriter renamed = new ClassWriter(0);
    Remapper names =
        new Remapper(OpenedClassReader.ASM_API) {
          @Override
          public String map(String name) {
            return name.replaceFirst("^jakarta/" + RENAMED + "/", "javax/$1/");
          }

          @Override
          public Object mapValue(Object value) {
            return value instanceof String text
                ? text.replaceFirst("^jakarta\\." + RENAMED + "\\.", "javax.$1.")
                : super.mapValue(value);
          }
        };
    new ClassReader(classFile).accept(new ClassRemapper(renamed, names), 0);
    return renamed.toByteArray();
  }
}
