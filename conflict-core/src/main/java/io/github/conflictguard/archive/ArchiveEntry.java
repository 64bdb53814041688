package io.github.conflictguard.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * An entry of the central directory of an archive (APPNOTE.TXT, 4.3.12), which is kept byte for
 * byte except for changed fields. Not thread-safe.
 */
final class ArchiveEntry {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** The size of a record before its name, in bytes. */
  static final int FIXED = 46;

  private static final int ENCRYPTED = 1;
  private static final int DESCRIPTOR_FOLLOWS = 1 << 3;
  private static final int NAME_IN_UTF8 = 1 << 11;
  private static final int ZIP64 = 1;
  private static final long IN_ZIP64 = 0xFFFFFFFFL;

  private final ByteBuffer record;

  ArchiveEntry(byte[] record) {
    this.record = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] record() {
    return record.array();
  }

  /**
   * Returns its name. If the archive does not specify the charset, UTF-8 is tried before
   * ISO-8859-1.
   */
  String name() {
    byte[] bytes = new byte[int2(28)];
    ByteBuffer at = record.duplicate();
    at.position(FIXED);
    at.get(bytes);
    if ((flags() & NAME_IN_UTF8) == 0) {
      try {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
      }
    }
    return new String(bytes, UTF_8);
  }

  boolean isFolder() {
    return name().endsWith("/");
  }

  int method() {
    return int2(10);
  }

  /** Returns whether this class can read the content. */
  boolean isReadable() {
    return (flags() & ENCRYPTED) == 0 && (method() == STORED || method() == DEFLATED);
  }

  long crc() {
    return int4(16);
  }

  long compressedSize() throws IOException {
    return int4(20) == IN_ZIP64 ? zip64(20) : int4(20);
  }

  long size() throws IOException {
    return int4(24) == IN_ZIP64 ? zip64(24) : int4(24);
  }

  /** Returns the offset of its local header, as stored in the record. */
  long offset() throws IOException {
    return int4(42) == IN_ZIP64 ? zip64(42) : int4(42);
  }

  void moveTo(long offset) throws IOException {
    if (int4(42) == IN_ZIP64) {
      record.putLong(zip64Position(42), offset);
    } else if (offset >= IN_ZIP64) {
      throw new IOException(
          "the archive would be longer than 4 GB; unpack it and weave the folder");
    } else {
      record.putInt(42, (int) offset);
    }
  }

  /** Returns the entry with another content, which is written without a data descriptor. */
  ArchiveEntry with(long crc, int compressedSize, int size) {
    byte[] extra = withoutZip64(part(FIXED + int2(28), int2(30)));
    byte[] name = part(FIXED, int2(28));
    byte[] comment = part(FIXED + int2(28) + int2(30), int2(32));
    ByteBuffer changed =
        ByteBuffer.allocate(FIXED + name.length + extra.length + comment.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    changed.put(part(0, FIXED)).put(name).put(extra).put(comment);
    changed.putShort(8, (short) (flags() & ~DESCRIPTOR_FOLLOWS));
    changed.putInt(16, (int) crc);
    changed.putInt(20, compressedSize);
    changed.putInt(24, size);
    changed.putShort(30, (short) extra.length);
    changed.putInt(42, 0);
    return new ArchiveEntry(changed.array());
  }

  /** Returns the local header of an entry created by {@link #with}. */
  byte[] localHeader(byte[] localExtra) {
    byte[] extra = withoutZip64(localExtra);
    byte[] name = part(FIXED, int2(28));
    ByteBuffer header =
        ByteBuffer.allocate(30 + name.length + extra.length).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(ArchiveFile.LOCAL_HEADER);
    // From "version needed to extract" to "file name length" both headers have the same fields.
    header.put(part(6, 24)).putShort((short) extra.length).put(name).put(extra);
    return header.array();
  }

  private byte[] part(int from, int length) {
    byte[] bytes = new byte[length];
    ByteBuffer at = record.duplicate();
    at.position(from);
    at.get(bytes);
    return bytes;
  }

  /** Removes the extra field for 64-bit sizes (4.5.3): the new content is smaller. */
  private static byte[] withoutZip64(byte[] extra) {
    ByteBuffer from = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer kept = ByteBuffer.allocate(extra.length);
    while (from.remaining() >= 4) {
      int start = from.position();
      int id = from.getShort() & 0xFFFF;
      int end = Math.min(extra.length, from.position() + 2 + (from.getShort() & 0xFFFF));
      if (id != ZIP64) {
        kept.put(extra, start, end - start);
      }
      from.position(end);
    }
    byte[] result = new byte[kept.position()];
    System.arraycopy(kept.array(), 0, result, 0, result.length);
    return result;
  }

  private long zip64(int field) throws IOException {
    return record.getLong(zip64Position(field));
  }

  /**
   * Returns the position of a field in the extra field of 4.5.3, which contains the numbers that do
   * not fit into the record, in this order.
   */
  private int zip64Position(int field) throws IOException {
    int at = FIXED + int2(28);
    int end = at + int2(30);
    while (at + 4 <= end) {
      int id = int2(at);
      int next = at + 4 + int2(at + 2);
      if (id == ZIP64) {
        int position = at + 4;
        for (int earlier : new int[] {24, 20, 42}) {
          if (earlier == field && position + 8 <= Math.min(next, end)) {
            return position;
          }
          position += int4(earlier) == IN_ZIP64 ? 8 : 0;
        }
      }
      at = next;
    }
    throw new IOException("the archive is damaged: entry '" + name() + "' has no size");
  }

  private int flags() {
    return int2(8);
  }

  private int int2(int at) {
    return record.getShort(at) & 0xFFFF;
  }

  private long int4(int at) {
    return record.getInt(at) & 0xFFFFFFFFL;
  }
}
