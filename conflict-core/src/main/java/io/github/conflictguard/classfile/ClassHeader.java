package io.github.conflictguard.classfile;

import java.nio.charset.StandardCharsets;

/**
 * The names of the direct supertypes of a class, read without the rest of the class file. Like
 * {@link ConstantPoolScanner} it runs while classes are being loaded, and uses only arrays and
 * strings.
 */
final class ClassHeader {

  private static final String[] NOTHING = {};

  private ClassHeader() {}

  /**
   * Returns internal names: the superclass, then the interfaces; empty if the file is malformed.
   */
  static String[] supertypes(byte[] classFile) {
    try {
      int entries = int2(classFile, 8);
      int[] offsets = new int[entries];
      int at = 10;
      for (int i = 1; i < entries; i++) {
        int tag = classFile[at];
        offsets[i] = at + 1;
        if (tag == ConstantPool.UTF8) {
          at += 3 + int2(classFile, at + 1);
        } else {
          int size = ConstantPool.sizeOf(tag);
          if (size < 0) {
            return NOTHING;
          }
          at += size;
          if (tag == ConstantPool.LONG || tag == ConstantPool.DOUBLE) {
            i++;
          }
        }
      }
      String[] names = new String[1 + int2(classFile, at + 6)];
      names[0] = className(classFile, offsets, int2(classFile, at + 4));
      for (int i = 1; i < names.length; i++) {
        names[i] = className(classFile, offsets, int2(classFile, at + 6 + 2 * i));
      }
      return names;
    } catch (IndexOutOfBoundsException e) {
      return NOTHING;
    }
  }

  private static String className(byte[] classFile, int[] offsets, int number) {
    if (number == 0) {
      return "java/lang/Object"; // For Object itself, and module descriptors.
    }
    int text = offsets[int2(classFile, offsets[number])];
    return new String(classFile, text + 2, int2(classFile, text), StandardCharsets.UTF_8);
  }

  private static int int2(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }
}
