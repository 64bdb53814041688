package io.github.conflictguard.classfile;

import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method as it stands in a class file. Immutable. */
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

  /** Its name; {@code <init>} for a constructor. */
  public String name() {
    return name;
  }

  /** Its parameter types and its result as the class file has them: {@code (I[J)V}. */
  public String descriptor() {
    return descriptor;
  }

  /** Whether one monitor is held while it runs. */
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

  /** Returns whether it does nothing but read or set a field. */
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

  /** Whether a class below can override it. */
  boolean isOverridable() {
    return !isStatic() && !Modifier.isPrivate(access) && !name.startsWith("<");
  }

  /** Whether it is a method, and not a constructor or an initializer of its class. */
  boolean isMethod() {
    return !name.startsWith("<");
  }

  /** The annotation of this type; null if there is none. */
  @Nullable AnnotationOutline annotation(String annotationDescriptor) {
    return find(annotations, annotationDescriptor);
  }

  List<AnnotationOutline> annotations() {
    return annotations;
  }

  /** The names of its parameters; empty where the class file does not tell all of them. */
  List<String> parameterNames() {
    return parameterNames;
  }

  /** Its parameter types as Java writes them: {@code java.lang.String}, {@code int[]}. */
  List<String> parameterTypes() {
    return Descriptor.parameterTypes(descriptor);
  }

  /** Its result as Java writes it. */
  String returnType() {
    return Descriptor.returnType(descriptor);
  }

  /** As it stands in a source, with types in full. */
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
