package io.github.conflictguard.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * A ZIP archive, read by its central directory, as JVMs and containers do: with a leading script,
 * duplicate names, data descriptors of stored entries, and names in any charset. Unchanged parts
 * are copied without being interpreted. Not thread-safe.
 */
final class ArchiveFile implements Closeable {

  static final int LOCAL_HEADER = 0x04034b50;
  private static final int RECORD = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LONGEST_END = 22 + 0xFFFF;

  private final ArchiveBytes bytes;
  private final List<ArchiveEntry> entries = new ArrayList<>();

  private long directory;

  /** The position of the end record. */
  private long end;

  /** The difference between positions and stored offsets, which do not count leading data. */
  private long shift;

  private ArchiveFile(ArchiveBytes bytes) {
    this.bytes = bytes;
  }

  static ArchiveFile open(Path path) throws IOException {
    return read(ArchiveBytes.of(path), path.toString());
  }

  static ArchiveFile of(String name, byte[] content) throws IOException {
    return read(ArchiveBytes.of(content), name);
  }

  private static ArchiveFile read(ArchiveBytes bytes, String name) throws IOException {
    ArchiveFile archive = new ArchiveFile(bytes);
    try {
      archive.readDirectory();
      return archive;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw new IOException("'" + name + "' cannot be read as an archive: " + e.getMessage(), e);
    }
  }

  /** Returns the entries in the order of the directory. */
  List<ArchiveEntry> entries() {
    return entries;
  }

  private void readDirectory() throws IOException {
    long tail = Math.max(0, bytes.size() - LONGEST_END);
    ByteBuffer last = little(bytes.read(tail, bytes.size() - tail));
    int at = last.capacity() - 22;
    while (at >= 0
        && !(last.getInt(at) == END
            && at + 22 + (last.getShort(at + 20) & 0xFFFF) == last.capacity())) {
      at--;
    }
    if (at < 0) {
      throw new IOException("it has no central directory");
    }
    end = tail + at;
    long count = last.getShort(at + 10) & 0xFFFF;
    long size = last.getInt(at + 12) & 0xFFFFFFFFL;
    long offset = last.getInt(at + 16) & 0xFFFFFFFFL;
    long directoryEnd = end;
    if (has64()) {
      // 4.3.14: directly before its locator, regardless of the stored offset.
      ByteBuffer end64 = little(bytes.read(end - 20 - 56, 56));
      if (end64.getInt(0) != END_64) {
        throw new IOException("the end of its central directory is of an unknown kind");
      }
      directoryEnd = end - 20 - 56;
      count = end64.getLong(32);
      size = end64.getLong(40);
      offset = end64.getLong(48);
    }
    directory = directoryEnd - size;
    if (directory > offset && isRecordAt(offset)) {
      directory = offset;
    }
    shift = directory - offset;
    ByteBuffer records = little(bytes.read(directory, directoryEnd - directory));
    // 4.4.21, 4.4.22: without the 64-bit format, only the lower two bytes of the count are stored.
    for (long i = 0; i < count || isRecordNext(records); i++) {
      int from = records.position();
      if (!isRecordNext(records)) {
        throw new IOException("its central directory is damaged");
      }
      int variable = int2(records, from + 28) + int2(records, from + 30) + int2(records, from + 32);
      byte[] record = new byte[ArchiveEntry.FIXED + variable];
      if (records.remaining() < record.length) {
        throw new IOException("its central directory is damaged");
      }
      records.get(record);
      entries.add(new ArchiveEntry(record));
    }
  }

  private static boolean isRecordNext(ByteBuffer records) {
    return records.remaining() >= ArchiveEntry.FIXED
        && records.getInt(records.position()) == RECORD;
  }

  private boolean has64() throws IOException {
    return end >= 20 + 56 && little(bytes.read(end - 20, 4)).getInt(0) == LOCATOR_64;
  }

  private boolean isRecordAt(long offset) throws IOException {
    return little(bytes.read(offset, 4)).getInt(0) == RECORD;
  }

  /** Returns the content of a readable entry. */
  byte[] content(ArchiveEntry entry) throws IOException {
    byte[] compressed = bytes.read(dataOf(entry), entry.compressedSize());
    if (entry.method() == ArchiveEntry.STORED) {
      return compressed;
    }
    if (entry.size() > Integer.MAX_VALUE - 8) {
      throw new IOException("entry '" + entry.name() + "' is longer than 2 GB");
    }
    byte[] content = new byte[(int) entry.size()];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      int read = 0;
      while (read < content.length) {
        int part = inflater.inflate(content, read, content.length - read);
        if (part == 0) {
          throw new IOException("entry '" + entry.name() + "' ends too early");
        }
        read += part;
      }
      return content;
    } catch (DataFormatException e) {
      throw new IOException("entry '" + entry.name() + "' is damaged", e);
    } finally {
      inflater.end();
    }
  }

  private long dataOf(ArchiveEntry entry) throws IOException {
    ByteBuffer header = localHeader(entry);
    return placeOf(entry) + 30 + int2(header, 26) + int2(header, 28);
  }

  private ByteBuffer localHeader(ArchiveEntry entry) throws IOException {
    ByteBuffer header = little(bytes.read(placeOf(entry), 30));
    if (header.getInt(0) != LOCAL_HEADER) {
      throw new IOException(
          "entry '" + entry.name() + "' is not where the directory of the archive places it");
    }
    return header;
  }

  private long placeOf(ArchiveEntry entry) throws IOException {
    return entry.offset() + shift;
  }

  /**
   * Writes the archive with some contents replaced. Everything else keeps its bytes and its order:
   * leading data, entries, comments, attributes and the order of both lists.
   */
  void writeTo(OutputStream target, Map<ArchiveEntry, byte[]> changes) throws IOException {
    ArchiveOutput out = new ArchiveOutput(new BufferedOutputStream(target, 1 << 16));
    TreeMap<Long, List<ArchiveEntry>> places = new TreeMap<>();
    for (ArchiveEntry entry : entries) {
      places.computeIfAbsent(placeOf(entry), place -> new ArrayList<>()).add(entry);
    }
    long first = places.isEmpty() ? directory : places.firstKey();
    bytes.copy(0, first, out);
    Map<ArchiveEntry, ArchiveEntry> written = new HashMap<>();
    for (Map.Entry<Long, List<ArchiveEntry>> place : places.entrySet()) {
      Long next = places.higherKey(place.getKey());
      long here = out.count() - shift;
      ArchiveEntry changed = null;
      for (ArchiveEntry entry : place.getValue()) {
        changed = changes.containsKey(entry) ? entry : changed;
      }
      byte[] content = changed == null ? null : changes.get(changed);
      ArchiveEntry anew = null;
      if (changed == null || content == null) {
        bytes.copy(place.getKey(), (next == null ? directory : next) - place.getKey(), out);
      } else {
        anew = writeChanged(changed, content, out);
      }
      // Several records may share one local header, each with a name of its own.
      for (ArchiveEntry entry : place.getValue()) {
        ArchiveEntry moved =
            anew == null
                ? copyOf(entry)
                : entry.with(anew.crc(), (int) anew.compressedSize(), (int) anew.size());
        moved.moveTo(here);
        written.put(entry, moved);
      }
    }
    writeDirectory(written, out);
  }

  private static ArchiveEntry copyOf(ArchiveEntry entry) {
    return new ArchiveEntry(entry.record().clone());
  }

  private ArchiveEntry writeChanged(ArchiveEntry entry, byte[] content, OutputStream out)
      throws IOException {
    byte[] stored = content;
    if (entry.method() == ArchiveEntry.DEFLATED) {
      ByteArrayOutputStream deflated = new ByteArrayOutputStream(content.length / 2 + 64);
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      try (DeflaterOutputStream deflating = new DeflaterOutputStream(deflated, deflater)) {
        deflating.write(content);
      } finally {
        deflater.end();
      }
      stored = deflated.toByteArray();
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    ArchiveEntry changed = entry.with(crc.getValue(), stored.length, content.length);
    ByteBuffer header = localHeader(entry);
    long extra = placeOf(entry) + 30 + int2(header, 26);
    out.write(changed.localHeader(bytes.read(extra, int2(header, 28))));
    out.write(stored);
    return changed;
  }

  private void writeDirectory(Map<ArchiveEntry, ArchiveEntry> written, ArchiveOutput out)
      throws IOException {
    long start = out.count();
    for (ArchiveEntry entry : entries) {
      ArchiveEntry moved = written.get(entry);
      out.write((moved == null ? entry : moved).record());
    }
    long size = out.count() - start;
    if (has64()) {
      long place = out.count() - shift;
      byte[] end64 = bytes.read(end - 20 - 56, 56);
      little(end64).putLong(40, size).putLong(48, start - shift);
      out.write(end64);
      byte[] locator = bytes.read(end - 20, 20);
      little(locator).putLong(8, place);
      out.write(locator);
    }
    byte[] lastBytes = bytes.read(end, bytes.size() - end);
    ByteBuffer last = little(lastBytes);
    if (last.getInt(12) != -1) {
      last.putInt(12, (int) size);
    }
    if (last.getInt(16) != -1) {
      if (start - shift >= 0xFFFFFFFFL) {
        throw new IOException("the archive would be longer than 4 GB");
      }
      last.putInt(16, (int) (start - shift));
    }
    out.write(lastBytes);
    out.flush();
  }

  private static ByteBuffer little(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int int2(ByteBuffer from, int at) {
    return from.getShort(at) & 0xFFFF;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
