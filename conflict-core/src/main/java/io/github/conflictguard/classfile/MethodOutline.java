package io.github.conflictguard.classfile;

import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method as stored in a class file. Immutable. */
public final class MethodOutline {

  private static final int BRIDGE = 0x0040; // JVMS 4.6
  private static final int SYNTHETIC = 0x1000;

  private final int access;
  private final String name;
  private final String descriptor;
  private final List<AnnotationOutline> annotations;
  private final List<String> parameterNames;
  private final boolean accessor;

  MethodOutline(
      int access,
      String name,
      String descriptor,
      List<AnnotationOutline> annotations,
      List<String> parameterNames,
      boolean accessor) {
    this.access = access;
    this.name = name;
    this.descriptor = descriptor;
    this.annotations = annotations;
    this.parameterNames = parameterNames;
    this.accessor = accessor;
  }

  /** Returns its name; {@code <init>} for a constructor. */
  public String name() {
    return name;
  }

  /** Returns its descriptor, parameter types and result: {@code (I[J)V}. */
  public String descriptor() {
    return descriptor;
  }

  /** Returns whether it holds a monitor while it runs. */
  boolean isSynchronized() {
    return Modifier.isSynchronized(access);
  }

  boolean isPublic() {
    return Modifier.isPublic(access);
  }

  boolean isProtected() {
    return Modifier.isProtected(access);
  }

  boolean isPrivate() {
    return Modifier.isPrivate(access);
  }

  /** Returns whether it only reads or sets a field. */
  boolean isAccessor() {
    return accessor;
  }

  boolean isStatic() {
    return Modifier.isStatic(access);
  }

  boolean isNative() {
    return Modifier.isNative(access);
  }

  boolean isAbstract() {
    return Modifier.isAbstract(access);
  }

  boolean isBridge() {
    return (access & BRIDGE) != 0;
  }

  boolean isSynthetic() {
    return (access & SYNTHETIC) != 0;
  }

  /** Returns whether a subclass can override it. */
  boolean isOverridable() {
    return !isStatic() && !Modifier.isPrivate(access) && !name.startsWith("<");
  }

  /** Returns whether it is a method, rather than a constructor or a class initializer. */
  boolean isMethod() {
    return !name.startsWith("<");
  }

  /** Returns the annotation of this type; null if there is none. */
  @Nullable AnnotationOutline annotation(String annotationDescriptor) {
    return find(annotations, annotationDescriptor);
  }

  List<AnnotationOutline> annotations() {
    return annotations;
  }

  /** Returns the names of its parameters; empty if the class file does not contain all of them. */
  List<String> parameterNames() {
    return parameterNames;
  }

  /** Returns its parameter types in Java notation: {@code java.lang.String}, {@code int[]}. */
  List<String> parameterTypes() {
    return Descriptor.parameterTypes(descriptor);
  }

  /** Returns its result type in Java notation. */
  String returnType() {
    return Descriptor.returnType(descriptor);
  }

  /** Returns its signature in Java notation, with fully qualified types. */
  @Override
  public String toString() {
    return name + "(" + String.join(",", parameterTypes()) + ")";
  }

  static @Nullable AnnotationOutline find(List<AnnotationOutline> annotations, String descriptor) {
    for (AnnotationOutline annotation : annotations) {
      if (annotation.descriptor().equals(descriptor)) {
        return annotation;
      }
    }
    return null;
  }
}
