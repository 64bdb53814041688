package io.github.conflictguard.classfile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a class file says of a class, its methods and their annotations (JVMS 4). Immutable. */
public final class ClassOutline {

  private final int version;
  private final int access;
  private final String name;
  private final @Nullable String superName;
  private final List<String> interfaces;
  private final List<MethodOutline> methods;
  private final List<AnnotationOutline> annotations;

  private ClassOutline(
      int version,
      int access,
      String name,
      @Nullable String superName,
      List<String> interfaces,
      List<MethodOutline> methods,
      List<AnnotationOutline> annotations) {
    this.version = version;
    this.access = access;
    this.name = name;
    this.superName = superName;
    this.interfaces = interfaces;
    this.methods = methods;
    this.annotations = annotations;
  }

  /**
   * Reads a class file.
   *
   * @throws IOException if it is none, or one of a kind that is unknown here
   */
  public static ClassOutline read(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    try {
      if (in.readInt() != 0xCAFEBABE) {
        throw new IOException("no class file");
      }
      in.readUnsignedShort();
      int version = in.readUnsignedShort();
      ConstantPool pool = ConstantPool.read(in);
      int access = in.readUnsignedShort();
      String name = String.valueOf(pool.className(in.readUnsignedShort()));
      String superName = pool.className(in.readUnsignedShort());
      List<String> interfaces = new ArrayList<>();
      for (int count = in.readUnsignedShort(); count > 0; count--) {
        interfaces.add(String.valueOf(pool.className(in.readUnsignedShort())));
      }
      new MemberReader(in, pool).readAll(); // Fields.
      List<MethodOutline> methods = new MemberReader(in, pool).readAll();
      MemberReader ofClass = new MemberReader(in, pool);
      ofClass.readAttributes();
      return new ClassOutline(
          version, access, name, superName, interfaces, methods, ofClass.annotations());
    } catch (EOFException | ClassCastException | IndexOutOfBoundsException e) {
      throw new IOException("a damaged class file", e);
    }
  }

  static void skip(DataInputStream in, long length) throws IOException {
    for (long left = length; left > 0; ) {
      int skipped = in.skipBytes((int) Math.min(left, Integer.MAX_VALUE));
      if (skipped == 0) {
        throw new EOFException();
      }
      left -= skipped;
    }
  }

  /** Its name as Java writes it. */
  public String name() {
    return name.replace('/', '.');
  }

  /** Its name as class files write it: {@code com/example/Orders}. */
  public String internalName() {
    return name;
  }

  /** The version of the class file format: 49 for Java 5, 69 for Java 25. */
  public int version() {
    return version;
  }

  /** The methods and constructors that it declares, in their order. Unmodifiable. */
  public List<MethodOutline> methods() {
    return Collections.unmodifiableList(methods);
  }

  /** Internal names: the class above it, then its interfaces. */
  List<String> supertypes() {
    List<String> supertypes = new ArrayList<>();
    if (superName != null) {
      supertypes.add(superName);
    }
    supertypes.addAll(interfaces);
    return supertypes;
  }

  /** Returns whether no source declares it. */
  boolean isSynthetic() {
    return (access & 0x1000) != 0;
  }

  boolean isAnnotation() {
    return (access & 0x2000) != 0;
  }

  boolean isInterface() {
    return Modifier.isInterface(access);
  }

  @Nullable AnnotationOutline annotation(String annotationDescriptor) {
    return MethodOutline.find(annotations, annotationDescriptor);
  }

  List<AnnotationOutline> annotations() {
    return annotations;
  }

  /** The method of this name and descriptor; null if the class does not declare it. */
  @Nullable MethodOutline method(String methodName, String descriptor) {
    for (MethodOutline method : methods) {
      if (method.name().equals(methodName) && method.descriptor().equals(descriptor)) {
        return method;
      }
    }
    return null;
  }
}
