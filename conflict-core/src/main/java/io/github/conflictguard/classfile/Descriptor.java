package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Converts method descriptors (JVMS 4.3.3) to the type names of the Java language. */
final class Descriptor {

  private Descriptor() {}

  /** Returns the name of a class in the format of {@link Class#getName()}. */
  static String className(String descriptor) {
    return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }

  static List<String> parameterTypes(String descriptor) {
    return typesIn(descriptor.substring(1, descriptor.indexOf(')')));
  }

  /** Returns how many of the 255 words for parameters (JVMS 4.3.3) a method takes. */
  static int slots(String descriptor) {
    int slots = 0;
    for (String type : parameterTypes(descriptor)) {
      slots += type.equals("long") || type.equals("double") ? 2 : 1;
    }
    return slots;
  }

  static String returnType(String descriptor) {
    return typesIn(descriptor.substring(descriptor.indexOf(')') + 1)).get(0);
  }

  private static List<String> typesIn(String descriptors) {
    List<String> types = new ArrayList<>();
    int at = 0;
    while (at < descriptors.length()) {
      int begin = at;
      while (descriptors.charAt(at) == '[') {
        at++;
      }
      int dimensions = at - begin;
      String element;
      if (descriptors.charAt(at) == 'L') {
        int end = descriptors.indexOf(';', at);
        element = descriptors.substring(at + 1, end).replace('/', '.');
        at = end + 1;
      } else {
        element = primitive(descriptors.charAt(at++));
      }
      types.add(element + String.join("", Collections.nCopies(dimensions, "[]")));
    }
    return types;
  }

  private static String primitive(char descriptor) {
    switch (descriptor) {
      case 'B':
        return "byte";
      case 'C':
        return "char";
      case 'D':
        return "double";
      case 'F':
        return "float";
      case 'I':
        return "int";
      case 'J':
        return "long";
      case 'S':
        return "short";
      case 'Z':
        return "boolean";
      default:
        return "void";
    }
  }
}
