package io.github.conflictguard.classfile;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An annotation as stored in a class file, without the defaults of its type. Immutable. */
final class AnnotationOutline {

  private final String descriptor;
  private final Map<String, Object> values;

  private AnnotationOutline(String descriptor, Map<String, Object> values) {
    this.descriptor = descriptor;
    this.values = values;
  }

  /** Reads the content of a RuntimeVisibleAnnotations or similar attribute (JVMS 4.7.16). */
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
      default: // Numbers, strings and classes.
        return pool.value(in.readUnsignedShort());
    }
  }

  /** Returns its type: {@code Lcom/example/Audited;}. */
  String descriptor() {
    return descriptor;
  }

  /** Returns a value of type int; the default if the class file has none. */
  int number(String name, int otherwise) {
    Object value = values.get(name);
    return value instanceof Integer ? (Integer) value : otherwise;
  }

  /** Returns a value of type long; the default if the class file has none. */
  long number(String name, long otherwise) {
    Object value = values.get(name);
    return value instanceof Long ? (Long) value : otherwise;
  }

  /** Returns a value of type double; the default if the class file has none. */
  double number(String name, double otherwise) {
    Object value = values.get(name);
    return value instanceof Double ? (Double) value : otherwise;
  }

  /** Returns a string; empty if the class file has none. */
  String text(String name) {
    Object value = values.get(name);
    return value instanceof String ? (String) value : "";
  }

  /** Returns the names of a list of enum constants; empty if the class file has none. */
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

  /** Returns a nested annotation; null if the class file has none. */
  @Nullable AnnotationOutline annotation(String name) {
    Object value = values.get(name);
    return value instanceof AnnotationOutline ? (AnnotationOutline) value : null;
  }
}
