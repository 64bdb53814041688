package io.github.conflictguard.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an application from its source, and writes it to its target. */
final class ApplicationFile {

  private final Path source;
  private final Path target;
  private final @Nullable WeaveBackup backup;

  /**
   * Creates an instance for an application.
   *
   * @param backup receives the source before it is replaced; null for none
   */
  ApplicationFile(Path source, Path target, @Nullable WeaveBackup backup) throws IOException {
    // A symbolic link is kept: the file that it refers to is replaced.
    this.source = source.toRealPath();
    this.target = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    this.backup = backup;
  }

  private boolean isInPlace() {
    return source.equals(target);
  }

  /** Weaves an archive. The target is replaced atomically. */
  void weaveArchive(Weaving weaving) throws IOException {
    Path result = null;
    try (ArchiveFile archive = ArchiveFile.open(source)) {
      String name = source.getFileName().toString();
      ApplicationLayout layout = ArchiveWeaver.layoutOf(name, archive);
      Map<ArchiveEntry, byte[]> changes;
      try (ApplicationClasses classes =
          ApplicationClasses.of(archive, layout, weaving.classPath())) {
        changes = weaving.weaver(layout, classes).changes(name, archive);
      }
      if (weaving.isCheck() || (isInPlace() && changes.isEmpty())) {
        return;
      }
      result = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".tmp");
      try (OutputStream out = Files.newOutputStream(result)) {
        archive.writeTo(out, changes);
      }
      copyAttributes(isInPlace() || !Files.exists(target) ? source : target, result);
      if (isInPlace() && backup != null) {
        backup.keep(source);
      }
    } catch (IOException | RuntimeException e) {
      if (result != null) {
        Files.deleteIfExists(result);
      }
      throw e;
    }
    try {
      Files.move(result, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(result);
    }
  }

  /**
   * Weaves a folder: writes only files that change, or all of them if the target is another folder.
   */
  void weaveFolder(Weaving weaving) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(source)) {
      files = all.sorted().collect(Collectors.toList());
    }
    List<String> names = new ArrayList<>();
    files.forEach(file -> names.add(nameOf(file)));
    Path descriptor = source.resolve(ApplicationLayout.DESCRIPTOR_OF_EAR);
    String text =
        Files.exists(descriptor)
            ? new String(Files.readAllBytes(descriptor), StandardCharsets.UTF_8)
            : "";
    ApplicationLayout layout = ApplicationLayout.of(source.getFileName().toString(), names, text);
    String webFolder = layout.webFolderIn(names);
    if (webFolder != null) {
      throw new IOException(
          "'"
              + source
              + "' has a web module that is a folder; weave '"
              + source.resolve(webFolder)
              + "' by itself, or pack it");
    }
    Map<Path, byte[]> changes = new LinkedHashMap<>();
    try (ApplicationClasses classes = ApplicationClasses.of(source, layout, weaving.classPath())) {
      ArchiveWeaver weaver = weaving.weaver(layout, classes);
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          byte[] content = Files.readAllBytes(file);
          byte[] woven = weaver.woven(nameOf(file), content);
          if (woven != content) {
            changes.put(file, woven);
          }
        }
      }
    }
    if (weaving.isCheck()) {
      return;
    }
    if (isInPlace()) {
      if (backup != null && !changes.isEmpty()) {
        backup.keep(source, changes.keySet());
      }
    } else {
      for (Path file : files) {
        copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
    for (Map.Entry<Path, byte[]> change : changes.entrySet()) {
      Path file = target.resolve(source.relativize(change.getKey()).toString());
      if (!isInPlace() && Files.isSymbolicLink(file)) {
        Files.delete(file); // The file that it refers to belongs to the source.
      }
      Files.write(file, change.getValue());
    }
  }

  private String nameOf(Path file) {
    return source.relativize(file).toString().replace('\\', '/');
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to);
    } else {
      Files.copy(
          from,
          to,
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Copies the mode of a file to another one, and its owner and group if permitted. */
  static void copyAttributes(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
    try {
      view.setGroup(attributes.group());
      view.setOwner(attributes.owner());
    } catch (IOException e) {
      // Only the superuser may change the owner of a file; the mode is what matters.
    }
    view.setPermissions(attributes.permissions());
  }

  /** The transformation of the classes. */
  interface Weaving {

    ArchiveWeaver weaver(ApplicationLayout layout, ApplicationClasses classes);

    List<URL> classPath() throws IOException;

    boolean isCheck();
  }
}
