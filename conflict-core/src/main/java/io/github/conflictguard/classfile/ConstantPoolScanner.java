package io.github.conflictguard.classfile;

import java.nio.charset.StandardCharsets;

/**
 * Searches the constant pool of a class file for certain strings, such as the descriptor of an
 * annotation. Takes one or two microseconds, compared to fifty for parsing the class, and finds
 * annotations whose type cannot be loaded.
 *
 * <p>Uses only arrays and strings: it runs while classes are being loaded, and each class that it
 * needed itself would be passed to it in turn. Immutable and thread-safe.
 */
public final class ConstantPoolScanner {

  private static final int MAGIC = 0xCAFEBABE;

  private final byte[][] texts;
  private final boolean[] isLength;

  private ConstantPoolScanner(byte[][] texts, int longest) {
    this.texts = texts;
    this.isLength = new boolean[longest + 1];
    for (byte[] text : texts) {
      isLength[text.length] = true;
    }
  }

  /** Returns a scanner for entries that equal one of these strings (ASCII). */
  public static ConstantPoolScanner forAnyOf(String... texts) {
    byte[][] bytes = new byte[texts.length][];
    int longest = 0;
    for (int i = 0; i < texts.length; i++) {
      bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
      longest = Math.max(longest, bytes[i].length);
    }
    return new ConstantPoolScanner(bytes, longest);
  }

  /**
   * Returns whether the class file contains one of the strings. Also returns true if the file
   * contains unknown entries, so that it is parsed in full.
   */
  public boolean finds(byte[] classFile) {
    if (classFile.length < 10 || int4(classFile, 0) != MAGIC) {
      return false;
    }
    int entries = int2(classFile, 8);
    int at = 10;
    try {
      for (int i = 1; i < entries; i++) {
        int tag = classFile[at];
        if (tag == ConstantPool.UTF8) {
          int length = int2(classFile, at + 1);
          if (length < isLength.length && isLength[length] && matches(classFile, at + 3, length)) {
            return true;
          }
          at += 3 + length;
        } else {
          int size = ConstantPool.sizeOf(tag);
          if (size < 0) {
            return true;
          }
          at += size;
          if (tag == ConstantPool.LONG || tag == ConstantPool.DOUBLE) {
            i++; // JVMS 4.4.5: these occupy two indexes.
          }
        }
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      return false; // Truncated; the JVM will report it.
    }
    return false;
  }

  private boolean matches(byte[] classFile, int at, int length) {
    for (byte[] text : texts) {
      if (text.length == length && isAt(classFile, at, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] classFile, int at, byte[] text) {
    // Compares from the end: descriptors have common prefixes.
    for (int i = text.length - 1; i >= 0; i--) {
      if (classFile[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int int2(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  private static int int4(byte[] bytes, int at) {
    return (int2(bytes, at) << 16) | int2(bytes, at + 2);
  }
}
