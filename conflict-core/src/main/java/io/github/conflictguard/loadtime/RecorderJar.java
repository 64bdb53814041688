package io.github.conflictguard.loadtime;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar that contains only the recorder, for the boot class loader: no other class of the agent may
 * shadow those of an application.
 *
 * <p>A JVM with the agent writes one before the application starts. Therefore this class avoids
 * features of the JDK that are slow to initialize: random numbers for the name, time zones for the
 * entries, and URLs for reading the jar. Together they would take 50 milliseconds.
 */
final class RecorderJar {

  private static final String[] CLASSES = {
    "io/github/conflictguard/recorder/Recorder.class",
    "io/github/conflictguard/recorder/RecorderByName.class",
    "io/github/conflictguard/recorder/Coverage.class",
    "io/github/conflictguard/recorder/AutoCommit.class",
    "io/github/conflictguard/recorder/CommitHook.class"
  };

  /** A name is in use only by chance, or if it was created to block this one. */
  private static final int ATTEMPTS = 100;

  private RecorderJar() {}

  /** Writes the jar to the directory of temporary files. It is deleted when the JVM exits. */
  static JarFile write() throws IOException {
    File source = AgentLoader.jarOf(RecorderJar.class);
    if (source == null) {
      throw new IOException("the agent's jar cannot be located");
    }
    File jar = createFile();
    jar.deleteOnExit();
    try (ZipFile agent = new ZipFile(source);
        ZipOutputStream out = new ZipOutputStream(new FileOutputStream(jar))) {
      for (String name : CLASSES) {
        ZipEntry entry = agent.getEntry(name);
        if (entry == null) {
          throw new IOException(name + " is not in " + agent.getName());
        }
        copy(agent, entry, out);
      }
    }
    return new JarFile(jar);
  }

  private static void copy(ZipFile agent, ZipEntry entry, ZipOutputStream out) throws IOException {
    ZipEntry copy = new ZipEntry(entry); // With its time, in the format of jars.
    copy.setMethod(ZipEntry.STORED);
    copy.setCompressedSize(entry.getSize());
    out.putNextEntry(copy);
    try (InputStream in = agent.getInputStream(entry)) {
      byte[] part = new byte[8192];
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        out.write(part, 0, length);
      }
    }
    out.closeEntry();
  }

  /**
   * Creates the file. Never overwrites an existing one, and restricts access to the owner where the
   * file system supports it.
   */
  private static File createFile() throws IOException {
    Path folder = Paths.get(System.getProperty("java.io.tmpdir", "."));
    FileAttribute<?>[] forOwner =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(
                  EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
            }
            : new FileAttribute<?>[0];
    for (int attempt = 1; ; attempt++) {
      Path file = folder.resolve("conflict-guard-recorder" + System.nanoTime() + ".jar");
      try {
        return Files.createFile(file, forOwner).toFile();
      } catch (IOException e) {
        // The exception's class would be specific, but is one that the recorder would begin to
        // weave.
        if (attempt == ATTEMPTS || !Files.exists(file)) {
          throw e;
        }
      }
    }
  }
}
