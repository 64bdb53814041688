package io.github.conflictguard.classfile;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The strings and class names in the constant pool of a class file (JVMS 4.4). */
final class ConstantPool {

  static final int UTF8 = 1;
  static final int LONG = 5;
  static final int DOUBLE = 6;

  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int CLASS = 7;

  /** The size of an entry in bytes by its tag, including the tag; -1 for unknown tags. */
  private static final byte[] SIZES = {
    -1, -1, -1, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, -1, -1, 4, 3, 5, 5, 3, 3
  };

  private final @Nullable Object[] values;

  private ConstantPool(@Nullable Object[] values) {
    this.values = values;
  }

  /** Returns the size of an entry other than a string; -1 if the tag is unknown. */
  static int sizeOf(int tag) {
    return tag < 0 || tag >= SIZES.length ? -1 : SIZES[tag];
  }

  static ConstantPool read(DataInputStream in) throws IOException {
    @Nullable Object[] values = new @Nullable Object[in.readUnsignedShort()];
    for (int i = 1; i < values.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case UTF8:
          values[i] = in.readUTF();
          break;
        case INTEGER:
          values[i] = in.readInt();
          break;
        case FLOAT:
          values[i] = in.readFloat();
          break;
        case LONG:
          values[i++] = in.readLong();
          break;
        case DOUBLE:
          values[i++] = in.readDouble();
          break;
        case CLASS:
          values[i] = new ClassName(in.readUnsignedShort());
          break;
        default:
          int size = sizeOf(tag);
          if (size < 0) {
            throw new IOException("unknown constant, tag " + tag);
          }
          ClassOutline.skip(in, size - 1);
      }
    }
    return new ConstantPool(values);
  }

  /** Returns a string, including names of members, types and attributes. */
  String text(int number) throws IOException {
    return String.valueOf(value(number));
  }

  /** Returns a string or a number. */
  Object value(int number) throws IOException {
    Object value = number <= 0 || number >= values.length ? null : values[number];
    if (value == null) {
      throw new IOException("no constant with number " + number);
    }
    return value;
  }

  /** Returns the strings with this prefix, in order. */
  List<String> textsThatBeginWith(String beginning) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof String && ((String) value).startsWith(beginning)) {
        texts.add((String) value);
      }
    }
    return texts;
  }

  /** Returns the internal name of a class; null for index 0. */
  @Nullable String className(int number) throws IOException {
    return number == 0 ? null : text(((ClassName) value(number)).text);
  }

  private static final class ClassName {

    final int text;

    ClassName(int text) {
      this.text = text;
    }
  }
}
