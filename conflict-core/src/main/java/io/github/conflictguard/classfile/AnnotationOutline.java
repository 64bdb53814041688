package io.github.conflictguard.classfile;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An annotation as it stands in a class file, without its type's defaults. Immutable. */
final class AnnotationOutline {

  private final String descriptor;
  private final Map<String, Object> values;

  private AnnotationOutline(String descriptor, Map<String, Object> values) {
    this.descriptor = descriptor;
    this.values = values;
  }

  /** Reads the content of a RuntimeVisibleAnnotations attribute or its like (JVMS 4.7.16). */
  static List<AnnotationOutline> readAll(DataInputStream in, ConstantPool pool) throws IOException {
    List<AnnotationOutline> annotations = new ArrayList<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      annotations.add(read(in, pool));
    }
    return annotations;
  }

  private static AnnotationOutline read(DataInputStream in, ConstantPool pool) throws IOException {
    String descriptor = pool.text(in.readUnsignedShort());
    Map<String, Object> values = new LinkedHashMap<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      String name = pool.text(in.readUnsignedShort());
      values.put(name, readValue(in, pool));
    }
    return new AnnotationOutline(descriptor, Collections.unmodifiableMap(values));
  }

  private static Object readValue(DataInputStream in, ConstantPool pool) throws IOException {
    int tag = in.readUnsignedByte();
    switch (tag) {
      case 'e':
        in.readUnsignedShort();
        return pool.text(in.readUnsignedShort());
      case '@':
        return read(in, pool);
      case '[':
        List<Object> list = new ArrayList<>();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
          list.add(readValue(in, pool));
        }
        return list;
      default: // Numbers, texts and classes.
        return pool.value(in.readUnsignedShort());
    }
  }

  /** Its type: {@code Lcom/example/Audited;}. */
  String descriptor() {
    return descriptor;
  }

  /** A value of type int; the default where none stands in the class file. */
  int number(String name, int otherwise) {
    Object value = values.get(name);
    return value instanceof Integer ? (Integer) value : otherwise;
  }

  /** A value of type long; the default where none stands in the class file. */
  long number(String name, long otherwise) {
    Object value = values.get(name);
    return value instanceof Long ? (Long) value : otherwise;
  }

  /** A value of type double; the default where none stands in the class file. */
  double number(String name, double otherwise) {
    Object value = values.get(name);
    return value instanceof Double ? (Double) value : otherwise;
  }

  /** A text; empty where none stands in the class file. */
  String text(String name) {
    Object value = values.get(name);
    return value instanceof String ? (String) value : "";
  }

  /** The names of a list of enum constants; empty where none stands in the class file. */
  List<String> constants(String name) {
    Object value = values.get(name);
    List<String> constants = new ArrayList<>();
    if (value instanceof List) {
      for (Object each : (List<?>) value) {
        constants.add(String.valueOf(each));
      }
    }
    return constants;
  }

  /** An annotation inside this one; null where none stands in the class file. */
  @Nullable AnnotationOutline annotation(String name) {
    Object value = values.get(name);
    return value instanceof AnnotationOutline ? (AnnotationOutline) value : null;
  }
}
