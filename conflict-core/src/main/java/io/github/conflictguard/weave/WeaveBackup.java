package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.WovenMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The application as it was before it was woven, beside it: the whole file, or, of a folder, the
 * files that were changed in an archive.
 */
final class WeaveBackup {

  private static final String SUFFIX = ".unwoven";

  private final Path application;
  private final Path file;

  WeaveBackup(Path application) throws IOException {
    this.application = application.toRealPath();
    this.file = this.application.resolveSibling(this.application.getFileName() + SUFFIX);
  }

  /**
   * Keeps an archive. A backup that is there stays where the archive has been woven before.
   *
   * @param woven whether the archive has guards already
   */
  void keep(Path archive, boolean woven) throws IOException {
    if (!(woven && Files.exists(file))) {
      Path copy = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
      Files.copy(
          archive, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Keeps files of a folder beside those that are kept already and have been woven since. */
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
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : kept.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  /**
   * Puts the backup back and removes it.
   *
   * @throws IOException if there is none, or what is there now is not what was made of it
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
      checkSame(before, now);
    }
    ApplicationFile.copyAttributes(application, file);
    Files.move(file, application, StandardCopyOption.REPLACE_EXISTING);
  }

  private void restoreFolder() throws IOException {
    try (ArchiveFile before = ArchiveFile.open(file)) {
      for (ArchiveEntry entry : before.entries()) {
        Path now = application.resolve(entry.name());
        if (!Files.exists(now) || !isWoven(entry.name(), Files.readAllBytes(now))) {
          throw changed(entry.name());
        }
      }
      for (ArchiveEntry entry : before.entries()) {
        Files.write(application.resolve(entry.name()), before.content(entry));
      }
    }
    Files.delete(file);
  }

  /** Everything has to be the same, except for classes that are woven now. */
  private void checkSame(ArchiveFile before, ArchiveFile now) throws IOException {
    List<ArchiveEntry> current = now.entries();
    List<ArchiveEntry> kept = new ArrayList<>(before.entries());
    for (int i = 0; i < Math.max(current.size(), kept.size()); i++) {
      ArchiveEntry entry = i < current.size() ? current.get(i) : kept.get(i);
      boolean same =
          i < current.size()
              && i < kept.size()
              && entry.name().equals(kept.get(i).name())
              && (entry.crc() == kept.get(i).crc() || isWoven(entry.name(), now.content(entry)));
      if (!same) {
        throw changed(entry.name());
      }
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

  private static boolean isWoven(String name, byte[] content) throws IOException {
    if (name.endsWith(".class")) {
      return !WovenMethod.in(content).isEmpty();
    }
    String end = name.toLowerCase(Locale.ROOT);
    if (!end.endsWith(".jar") && !end.endsWith(".war")) {
      return false;
    }
    try (ArchiveFile archive = ArchiveFile.of(name, content)) {
      for (ArchiveEntry entry : archive.entries()) {
        if (!entry.isFolder()
            && entry.isReadable()
            && isWoven(entry.name(), archive.content(entry))) {
          return true;
        }
      }
    }
    return false;
  }
}
