package io.github.conflictguard.archive;

import io.github.conflictguard.classfile.WovenMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup of the application before it was woven, in the same directory: the whole file, or for a
 * folder an archive of the changed files.
 */
final class WeaveBackup {

  private static final String SUFFIX = ".unwoven";

  private final Path application;
  private final Path file;

  WeaveBackup(Path application) throws IOException {
    this.application = application.toRealPath();
    this.file = this.application.resolveSibling(this.application.getFileName() + SUFFIX);
  }

  /** Saves an archive. An existing backup is kept if the command has woven the archive since. */
  void keep(Path archive) throws IOException {
    if (!(Files.exists(file) && isWoven(archive))) {
      Path copy = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
      Files.copy(
          archive, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Adds files of a folder to the backup. A file in the backup is kept if it has been woven since.
   */
  void keep(Path folder, Set<Path> files) throws IOException {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try (ArchiveFile before = ArchiveFile.open(file)) {
        for (ArchiveEntry entry : before.entries()) {
          kept.put(entry.name(), before.content(entry));
        }
      }
    }
    for (Path changed : files) {
      String name = folder.relativize(changed).toString().replace('\\', '/');
      byte[] content = Files.readAllBytes(changed);
      if (!(kept.containsKey(name) && isWoven(name, content))) {
        kept.put(name, content);
      }
    }
    Path copy = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(copy);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, byte[]> entry : kept.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * Restores the backup and deletes it.
   *
   * @throws IOException if there is none, or the present content was not produced from it
   */
  void restore() throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "there is no backup '" + file + "'; it is made where a file is woven in place");
    }
    if (Files.isDirectory(application)) {
      restoreFolder();
      return;
    }
    try (ArchiveFile before = ArchiveFile.open(file);
        ArchiveFile now = ArchiveFile.open(application)) {
      String other = difference(before, now);
      if (other != null) {
        throw changed(other);
      }
    }
    ApplicationFile.copyAttributes(application, file);
    Files.move(file, application, StandardCopyOption.REPLACE_EXISTING);
  }

  private void restoreFolder() throws IOException {
    try (ArchiveFile before = ArchiveFile.open(file)) {
      for (ArchiveEntry entry : before.entries()) {
        Path now = application.resolve(entry.name());
        if (!Files.exists(now)
            || !isSame(entry.name(), before.content(entry), Files.readAllBytes(now))) {
          throw changed(entry.name());
        }
      }
      for (ArchiveEntry entry : before.entries()) {
        Files.write(application.resolve(entry.name()), before.content(entry));
      }
    }
    Files.delete(file);
  }

  /** Returns the name of an entry that was changed other than by weaving; null if there is none. */
  private static @Nullable String difference(ArchiveFile before, ArchiveFile now)
      throws IOException {
    List<ArchiveEntry> current = now.entries();
    List<ArchiveEntry> kept = before.entries();
    for (int i = 0; i < Math.max(current.size(), kept.size()); i++) {
      if (i >= current.size() || i >= kept.size()) {
        return (i < current.size() ? current : kept).get(i).name();
      }
      ArchiveEntry entry = current.get(i);
      ArchiveEntry old = kept.get(i);
      boolean same = entry.name().equals(old.name());
      if (same && (entry.crc() != old.crc() || entry.size() != old.size())) {
        same =
            entry.isReadable()
                && old.isReadable()
                && isSame(entry.name(), before.content(old), now.content(entry));
      }
      if (!same) {
        return entry.name();
      }
    }
    return null;
  }

  /** Returns whether two contents are equal, apart from classes that the command has woven. */
  private static boolean isSame(String name, byte[] before, byte[] now) {
    if (Arrays.equals(before, now)) {
      return true;
    }
    if (!isArchive(name)) {
      return isWoven(name, now);
    }
    try (ArchiveFile old = ArchiveFile.of(name, before);
        ArchiveFile current = ArchiveFile.of(name, now)) {
      return difference(old, current) == null;
    } catch (IOException e) {
      return false;
    }
  }

  private IOException changed(String name) {
    return new IOException(
        "'"
            + application
            + "' is not what was woven from '"
            + file
            + "': "
            + name
            + " is another one; delete the backup if it belongs to an older version");
  }

  private static boolean isWoven(Path archive) throws IOException {
    try (ArchiveFile content = ArchiveFile.open(archive)) {
      return isWoven(content);
    }
  }

  private static boolean isWoven(ArchiveFile archive) throws IOException {
    for (ArchiveEntry entry : archive.entries()) {
      boolean mayBe = entry.name().endsWith(".class") || isArchive(entry.name());
      if (mayBe && entry.isReadable() && isWoven(entry.name(), archive.content(entry))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Builds weave as well, before the application is complete: only the command's own guards matter.
   */
  private static boolean isWoven(String name, byte[] content) {
    try {
      if (name.endsWith(".class")) {
        return WovenMethod.in(content).stream()
            .anyMatch(method -> method.wovenBy().equals(WeaveCommand.NAME));
      }
      if (isArchive(name)) {
        try (ArchiveFile archive = ArchiveFile.of(name, content)) {
          return isWoven(archive);
        }
      }
    } catch (IOException | RuntimeException e) {
      return false; // An unreadable class is not changed by weaving.
    }
    return false;
  }

  private static boolean isArchive(String name) {
    String end = name.toLowerCase(Locale.ROOT);
    return end.endsWith(".jar") || end.endsWith(".war");
  }
}
