package io.github.conflictguard.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of an archive, in a file or in memory. Not thread-safe. */
final class ArchiveBytes implements Closeable {

  private static final int PART = 64 * 1024;

  private final @Nullable FileChannel file;
  private final byte[] memory;
  private final long size;

  private ArchiveBytes(@Nullable FileChannel file, byte[] memory, long size) {
    this.file = file;
    this.memory = memory;
    this.size = size;
  }

  static ArchiveBytes of(byte[] content) {
    return new ArchiveBytes(null, content, content.length);
  }

  static ArchiveBytes of(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path);
    return new ArchiveBytes(channel, new byte[0], channel.size());
  }

  long size() {
    return size;
  }

  /**
   * Reads bytes.
   *
   * @throws EOFException if fewer bytes are left
   */
  byte[] read(long from, long length) throws IOException {
    if (from < 0 || length < 0 || length > Integer.MAX_VALUE - 8 || from > size - length) {
      throw new EOFException("the archive is damaged: it ends within an entry");
    }
    if (file == null) {
      return Arrays.copyOfRange(memory, (int) from, (int) (from + length));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the archive has become shorter");
      }
    }
    return bytes.array();
  }

  void copy(long from, long length, OutputStream out) throws IOException {
    for (long done = 0; done < length; done += PART) {
      out.write(read(from + done, Math.min(PART, length - done)));
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
