package io.github.conflictguard.archive;

import io.github.conflictguard.classfile.WovenMethod;
import io.github.conflictguard.weave.ConsoleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the woven methods of an archive or folder, including nested archives. */
final class ArchiveListing {

  private final ConsoleLog log;
  private int methods;

  ArchiveListing(ConsoleLog log) {
    this.log = log;
  }

  int methods() {
    return methods;
  }

  void list(Path input) throws IOException {
    if (Files.isDirectory(input)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(input)) {
        files = all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
      }
      for (Path file : files) {
        String name = input.relativize(file).toString().replace('\\', '/');
        if (isListed(name)) {
          list(name, "", Files.readAllBytes(file));
        }
      }
      return;
    }
    try (ArchiveFile archive = ArchiveFile.open(input)) {
      list(archive, "");
    }
  }

  private void list(ArchiveFile archive, String place) throws IOException {
    for (ArchiveEntry entry : archive.entries()) {
      if (isListed(entry.name()) && entry.isReadable()) {
        list(entry.name(), place, archive.content(entry));
      }
    }
  }

  private void list(String name, String place, byte[] content) {
    try {
      if (!name.endsWith(".class")) {
        try (ArchiveFile archive = ArchiveFile.of(name, content)) {
          list(archive, place + " in " + name);
        }
        return;
      }
      for (WovenMethod method : WovenMethod.in(content)) {
        methods++;
        String options = method.options();
        log.say(
            method
                + (options.isEmpty() ? "" : " " + options)
                + " (woven by "
                + method.wovenBy()
                + place
                + ")");
      }
    } catch (IOException | RuntimeException e) {
      log.left(name, "it cannot be read, " + e);
    }
  }

  private static boolean isListed(String name) {
    String end = name.toLowerCase(Locale.ROOT);
    return name.endsWith(".class") || end.endsWith(".jar") || end.endsWith(".war");
  }
}
