package io.github.conflictguard.servlet.journal;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file to which lines are appended, and that is renamed when it is full or covers its part of the
 * retention: {@code name}, {@code name.1}, ... up to the oldest. Files with lines that are older
 * than the retention are deleted. Readable by its owner only, where the file system has
 * permissions. One process at a time owns it, by a lock on {@code name.lock}. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final long longest;
  private final int files;
  private final Duration retention;
  private final Supplier<Instant> clock;
  private @Nullable FileChannel lockChannel;
  private @Nullable FileLock lock;
  private @Nullable FileChannel channel;

  /**
   * Creates an instance.
   *
   * @param retention after which lines are deleted; zero for never
   */
  RotatingFile(Path path, long longest, int files, Duration retention, Supplier<Instant> clock) {
    this.path = path;
    this.longest = longest;
    this.files = files;
    this.retention = retention;
    this.clock = clock;
  }

  /** Makes this process the owner. Returns false if another one, or another instance, is. */
  boolean acquire() throws IOException {
    if (lock != null) {
      return true;
    }
    if (System.getProperties().putIfAbsent(claim(), "") != null) {
      // Held in this JVM: by the deployment that this one replaces, or another application. Closing
      // a second descriptor of the lock file would release the lock of the first one.
      return false;
    }
    FileChannel held = null;
    try {
      held = open(sibling(".lock"));
      lock = held.tryLock();
    } finally {
      if (lock == null) {
        System.getProperties().remove(claim());
        if (held != null) {
          held.close();
        }
      }
    }
    lockChannel = held;
    return lock != null;
  }

  /** Returns whether this process is the owner. */
  boolean isOwned() {
    return lock != null;
  }

  /** Returns the name under which this JVM, with all its class loaders, has the file once. */
  private String claim() {
    return "conflictguard.journal:" + path.toAbsolutePath().normalize();
  }

  /** Appends a line. Requires ownership. */
  void append(byte[] line) throws IOException {
    FileChannel to = channel;
    if (to != null && to.size() > 0 && to.size() + line.length + 1 > longest) {
      to.close();
      channel = null;
      to = null;
      rotate();
    }
    if (to == null) {
      to = open(path);
      channel = to;
      if (to.size() > 0 && to.size() + line.length + 1 > longest) {
        to.close();
        rotate();
        to = open(path);
        channel = to;
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
    bytes.put(line).put((byte) '\n');
    // Cast for Java 8, where flip is a method of Buffer.
    ((Buffer) bytes).flip();
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** Renames or deletes files with old lines. Requires ownership. */
  void expire() throws IOException {
    if (retention.isZero()) {
      return;
    }
    Instant now = clock.get();
    // Renamed ones are deleted when their first line expires: before that, they cover a part each.
    if (isOlder(path, now.minus(retention.dividedBy(files - 1L)))) {
      if (channel != null) {
        channel.close();
        channel = null;
      }
      rotate();
    }
    for (int i = 1; i < files; i++) {
      if (isOlder(sibling("." + i), now.minus(retention))) {
        Files.delete(sibling("." + i));
      }
    }
  }

  private static boolean isOlder(Path file, Instant limit) throws IOException {
    return Files.exists(file) && Files.size(file) > 0 && FirstEntry.timeOf(file).isBefore(limit);
  }

  private void rotate() throws IOException {
    for (int i = files - 1; i > 0; i--) {
      Path from = i == 1 ? path : sibling("." + (i - 1));
      if (Files.exists(from)) {
        Files.move(from, sibling("." + i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** Returns the attributes of a new file that its owner alone may read. */
  static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
        : new FileAttribute<?>[0];
  }

  private FileChannel open(Path file) throws IOException {
    FileAttribute<?>[] attributes = ownerOnly(file);
    FileChannel opened =
        FileChannel.open(
            file,
            Collections.unmodifiableSet(
                EnumSet.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND)),
            attributes);
    try {
      if (attributes.length > 0 && !Files.getPosixFilePermissions(file).equals(OWNER)) {
        Files.setPosixFilePermissions(file, OWNER);
      }
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  @Override
  public void close() throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      channel = null;
      try {
        if (lockChannel != null) {
          lockChannel.close();
        }
      } finally {
        lockChannel = null;
        if (lock != null) {
          lock = null;
          System.getProperties().remove(claim());
        }
      }
    }
  }
}
