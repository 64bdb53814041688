package io.github.conflictguard.weave;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes archives as other tools do: what java.util.zip would not write. */
public final class RawArchive {

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private final List<byte[]> directory = new ArrayList<>();
  private final int uncounted;
  private byte[] comment = {};

  private RawArchive(String script, boolean counted) {
    archive.writeBytes(script.getBytes(ISO_8859_1));
    this.uncounted = counted ? 0 : script.length();
  }

  public static RawArchive plain() {
    return new RawArchive("", true);
  }

  /**
   * Begins with a script.
   *
   * @param counted whether the offsets count it
   */
  public static RawArchive behind(String script, boolean counted) {
    return new RawArchive(script, counted);
  }

  public RawArchive comment(String text) {
    comment = text.getBytes(ISO_8859_1);
    return this;
  }

  /** Adds a stored file; its name is written in ISO-8859-1 without saying so. */
  public RawArchive add(String name, byte[] content) {
    return add(name, content, 0100644, "", false);
  }

  /**
   * Adds a stored entry.
   *
   * @param mode of Unix
   * @param descriptor whether size and checksum come behind the content
   */
  public RawArchive add(String name, byte[] content, int mode, String note, boolean descriptor) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] nameBytes = name.getBytes(ISO_8859_1);
    byte[] noteBytes = note.getBytes(ISO_8859_1);
    int offset = archive.size() - uncounted;
    short flags = (short) (descriptor ? 8 : 0);
    ByteBuffer local = little(30 + nameBytes.length);
    local.putInt(0x04034b50).putShort((short) 20).putShort(flags).putShort((short) 0);
    local.putInt(0x5b6a8000);
    local.putInt(descriptor ? 0 : (int) crc.getValue());
    local.putInt(descriptor ? 0 : content.length).putInt(descriptor ? 0 : content.length);
    local.putShort((short) nameBytes.length).putShort((short) 0).put(nameBytes);
    archive.writeBytes(local.array());
    archive.writeBytes(content);
    if (descriptor) {
      ByteBuffer behind = little(16).putInt(0x08074b50).putInt((int) crc.getValue());
      archive.writeBytes(behind.putInt(content.length).putInt(content.length).array());
    }
    ByteBuffer record = little(46 + nameBytes.length + noteBytes.length);
    record.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
    record.putShort(flags).putShort((short) 0).putInt(0x5b6a8000).putInt((int) crc.getValue());
    record.putInt(content.length).putInt(content.length);
    record.putShort((short) nameBytes.length).putShort((short) 0);
    record.putShort((short) noteBytes.length).putShort((short) 0).putShort((short) 0);
    record.putInt(mode << 16).putInt(offset).put(nameBytes).put(noteBytes);
    directory.add(record.array());
    return this;
  }

  /** Adds another record, with a name of the same length, for the entry that was added last. */
  public RawArchive again(String name) {
    byte[] record = directory.get(directory.size() - 1).clone();
    byte[] nameBytes = name.getBytes(ISO_8859_1);
    System.arraycopy(nameBytes, 0, record, 46, nameBytes.length);
    directory.add(record);
    return this;
  }

  public byte[] bytes() {
    int start = archive.size();
    directory.forEach(archive::writeBytes);
    ByteBuffer end = little(22 + comment.length).putInt(0x06054b50).putInt(0);
    end.putShort((short) directory.size()).putShort((short) directory.size());
    end.putInt(archive.size() - start).putInt(start - uncounted);
    end.putShort((short) comment.length).put(comment);
    archive.writeBytes(end.array());
    return archive.toByteArray();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
