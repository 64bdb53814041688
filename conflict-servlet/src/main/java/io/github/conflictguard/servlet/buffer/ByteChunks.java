package io.github.conflictguard.servlet.buffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A sequence of bytes in chunks. */
public final class ByteChunks extends Chunks<byte[]> {

  static final int CHUNK = ChunkPool.SIZE;

  private final ChunkPool source;

  /**
   * Creates an empty sequence.
   *
   * @param source provides the memory
   * @param expected the bytes that may follow; null if unknown
   */
  public ByteChunks(ChunkPool source, byte @Nullable [] expected) {
    super(expected);
    this.source = source;
  }

  /** Adds all bytes to a digest and keeps them. */
  public void digest(MessageDigest digest) {
    copyTo((part, length) -> digest.update(part, 0, length));
  }

  /** Writes all bytes and keeps them. */
  public void copyTo(ByteArrayOutputStream out) {
    copyTo((part, length) -> out.write(part, 0, length));
  }

  /** Writes all bytes and discards them. */
  public void moveTo(OutputStream out) throws IOException {
    this.<IOException>moveTo((part, length) -> out.write(part, 0, length));
  }

  @Override
  byte[] take(int wanted) {
    return source.nextBytes(wanted);
  }

  @Override
  void give(byte[] chunk) {
    source.give(chunk);
  }

  @Override
  int lengthOf(byte[] array) {
    return array.length;
  }

  @Override
  void copy(byte[] from, int offset, byte[] to, int position, int length) {
    System.arraycopy(from, offset, to, position, length);
  }

  @Override
  boolean isSame(byte[] known, int position, byte[] more, int offset, int length) {
    return ByteBuffer.wrap(known, position, length).equals(ByteBuffer.wrap(more, offset, length));
  }
}
