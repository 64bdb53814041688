package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardedAbove;
import io.github.conflictguard.classfile.Supertypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a whole archive or folder. Everything but the classes that are woven keeps its bytes, its
 * place and its time. For one input.
 */
final class ArchiveWeaver {

  private final ClassChange change;
  private final WeaveLog log;
  private final ClassFileLocator locator;
  private final GuardedAbove above;
  private final List<PathMatcher> libraries = new ArrayList<>();
  private final UnmatchedTargets unmatched;
  private int changed;

  /**
   * Makes a weaver for one application.
   *
   * @param libraries which jars in {@code WEB-INF/lib} belong to it, as patterns of file names
   */
  ArchiveWeaver(
      ClassChange change,
      WeaveLog log,
      ApplicationClasses application,
      List<String> libraries,
      UnmatchedTargets unmatched) {
    this.change = change;
    this.log = log;
    this.locator = ClassFileLocator.ForClassLoader.of(application.loader());
    this.above = GuardedAbove.in(application.loader());
    this.unmatched = unmatched;
    for (String name : libraries) {
      this.libraries.add(FileSystems.getDefault().getPathMatcher("glob:" + name));
    }
  }

  /**
   * Weaves a folder or an archive; source and target may be the same, and then nothing is written
   * unless a class changes.
   */
  void weave(Path source, Path target) throws IOException {
    if (Files.isDirectory(source)) {
      weaveFolder(source, target);
      return;
    }
    // Beside the target, so that it is in place at once or not at all.
    Path folder = target.toAbsolutePath().getParent();
    Path result = Files.createTempFile(folder, target.getFileName().toString(), ".woven");
    try {
      try (InputStream in = Files.newInputStream(source);
          OutputStream out = Files.newOutputStream(result)) {
        weaveArchive(source.getFileName().toString(), in, out);
      }
      if (changed > 0 || !target.equals(source)) {
        Files.move(result, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(result);
    }
  }

  private void weaveFolder(Path source, Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(source)) {
      files = all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
    for (Path file : files) {
      Path relative = source.relativize(file);
      byte[] content = Files.readAllBytes(file);
      byte[] woven = weaveEntry(relative.toString().replace('\\', '/'), content);
      Path copy = target.resolve(relative.toString());
      if (woven != content || !copy.equals(file)) {
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.write(copy, woven);
      }
    }
  }

  private void weaveArchive(String name, InputStream in, OutputStream out) throws IOException {
    ZipInputStream source = new ZipInputStream(in);
    ZipOutputStream target = new ZipOutputStream(out);
    boolean signed = false;
    int before = changed;
    for (ZipEntry entry = source.getNextEntry(); entry != null; entry = source.getNextEntry()) {
      byte[] content = readAll(source);
      byte[] woven = weaveEntry(entry.getName(), content);
      signed |= entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
      target.putNextEntry(copyOf(entry, woven));
      target.write(woven);
      target.closeEntry();
    }
    target.finish();
    if (signed && changed > before) {
      throw new IOException(
          name + " is signed, and a class in it would have to change; take its signature off");
    }
  }

  /** The content that an entry is to have: the same array, where it stays as it is. */
  private byte[] weaveEntry(String name, byte[] content) throws IOException {
    if (name.endsWith(".class")) {
      return weaveClass(name, content);
    }
    if (name.startsWith(ApplicationClasses.LIBRARIES) && isOwnLibrary(name)) {
      ByteArrayOutputStream woven = new ByteArrayOutputStream(content.length + 8192);
      int before = changed;
      weaveArchive(name, new ByteArrayInputStream(content), woven);
      return changed > before ? woven.toByteArray() : content;
    }
    return content;
  }

  private byte[] weaveClass(String name, byte[] content) {
    try {
      unmatched.see(ClassOutline.read(content));
      byte[] woven = change.of(content, locator, above);
      if (woven != null) {
        changed++;
        return woven;
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      log.left(name, "it cannot be read or woven, " + e);
    }
    return content;
  }

  private boolean isOwnLibrary(String name) {
    Path fileName = Paths.get(name).getFileName();
    return libraries.stream().anyMatch(library -> library.matches(fileName));
  }

  private static ZipEntry copyOf(ZipEntry entry, byte[] content) {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    copy.setMethod(entry.getMethod());
    if (entry.getMethod() == ZipEntry.STORED) {
      CRC32 crc = new CRC32();
      crc.update(content);
      copy.setCrc(crc.getValue());
      copy.setSize(content.length);
      copy.setCompressedSize(content.length);
    }
    return copy;
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[16384];
    for (int length = in.read(part); length >= 0; length = in.read(part)) {
      bytes.write(part, 0, length);
    }
    return bytes.toByteArray();
  }

  /** What is to become of each class. */
  interface ClassChange {

    /** The class as it is to be; null if it stays as it is. */
    byte @Nullable [] of(byte[] classFile, ClassFileLocator locator, Supertypes supertypes)
        throws IOException;
  }
}
