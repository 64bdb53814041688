package io.github.conflictguard.servlet.matrix;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A web application that is put into a container. */
interface War {

  /** Its name in the container's folder of applications. */
  String folder();

  /** What tells, in its first line, which deployment it is. */
  String about();

  /** Its files by their names, for a server. */
  Map<String, byte[]> files(ServerKind server) throws IOException;

  /** The path below which the container has it, without a slash at the end. */
  default String path() {
    return "/" + folder();
  }

  /** Writes it as a file that containers unpack, in place of the one that is there. */
  default void writeTo(Path applications, ServerKind server) throws IOException {
    Path unfinished = Files.createTempFile(applications.getParent(), "unfinished", ".war");
    try (OutputStream file = Files.newOutputStream(unfinished);
        ZipOutputStream war = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : files(server).entrySet()) {
        war.putNextEntry(new ZipEntry(entry.getKey()));
        war.write(entry.getValue());
      }
    }
    Files.move(
        unfinished,
        applications.resolve(folder() + ".war"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes it as a folder. */
  default void unpackTo(Path applications, ServerKind server) throws IOException {
    for (Map.Entry<String, byte[]> entry : files(server).entrySet()) {
      Path file = applications.resolve(folder()).resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
  }
}
