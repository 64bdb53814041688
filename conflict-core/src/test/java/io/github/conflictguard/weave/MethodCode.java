package io.github.conflictguard.weave;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The raw content of every method of a class file, read without any library: the instructions, the
 * exception table, and each attribute as it stands. Equality leaves the order of the attributes
 * out; the text does not.
 *
 * <p>The bytes refer to the constant pool by number, so equal bytes mean equal code where the one
 * class file's pool begins with the other's, as it does here.
 */
final class MethodCode {

  private MethodCode() {}

  /** From a method's name to its content by parts; overloads are not told apart. */
  static Map<String, Map<String, String>> of(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8);
    String[] pool = readPool(in);
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    readMembers(in, pool); // Fields.
    return readMembers(in, pool);
  }

  private static String[] readPool(DataInputStream in) throws IOException {
    String[] pool = new String[in.readUnsignedShort()];
    for (int i = 1; i < pool.length; i++) {
      switch (in.readUnsignedByte()) {
        case 1 -> pool[i] = in.readUTF();
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // A long or a double takes two entries.
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    return pool;
  }

  private static Map<String, Map<String, String>> readMembers(DataInputStream in, String[] pool)
      throws IOException {
    Map<String, Map<String, String>> members = new LinkedHashMap<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      int access = in.readUnsignedShort();
      String name = pool[in.readUnsignedShort()];
      in.skipNBytes(2);
      Map<String, String> parts = new LinkedHashMap<>();
      parts.put("access", String.valueOf(access));
      readAttributes(in, pool, parts);
      members.put(name, parts);
    }
    return members;
  }

  private static void readAttributes(DataInputStream in, String[] pool, Map<String, String> parts)
      throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      String name = pool[in.readUnsignedShort()];
      byte[] content = in.readNBytes(in.readInt());
      if (name.equals("Code")) {
        readCode(new DataInputStream(new ByteArrayInputStream(content)), pool, parts);
      } else {
        parts.put(name, hex(content));
      }
    }
  }

  private static void readCode(DataInputStream in, String[] pool, Map<String, String> parts)
      throws IOException {
    parts.put("stack and locals", hex(in.readNBytes(4)));
    parts.put("instructions", hex(in.readNBytes(in.readInt())));
    parts.put("exceptions", hex(in.readNBytes(8 * in.readUnsignedShort())));
    readAttributes(in, pool, parts);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
