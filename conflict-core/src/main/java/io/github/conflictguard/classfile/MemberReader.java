package io.github.conflictguard.classfile;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the members of a class, and attributes (JVMS 4.5 to 4.7), of a single class file. */
final class MemberReader {

  private static final int STATIC = 0x0008;

  private final DataInputStream in;
  private final ConstantPool pool;

  private List<AnnotationOutline> annotations = Collections.emptyList();
  private @Nullable List<String> declaredNames;
  private boolean accessor;
  private TreeMap<Integer, String> variables = new TreeMap<>();

  MemberReader(DataInputStream in, ConstantPool pool) {
    this.in = in;
    this.pool = pool;
  }

  List<MethodOutline> readAll() throws IOException {
    List<MethodOutline> members = new ArrayList<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      int access = in.readUnsignedShort();
      String name = pool.text(in.readUnsignedShort());
      String descriptor = pool.text(in.readUnsignedShort());
      readAttributes();
      List<String> names = Collections.emptyList();
      if (descriptor.startsWith("(")) {
        names = parameterNames((access & STATIC) != 0, descriptor);
      }
      members.add(new MethodOutline(access, name, descriptor, annotations, names, accessor));
    }
    return members;
  }

  /** Reads the attributes of one member, or of the class. */
  void readAttributes() throws IOException {
    annotations = new ArrayList<>();
    declaredNames = null;
    accessor = false;
    variables = new TreeMap<>();
    readMore();
  }

  List<AnnotationOutline> annotations() {
    return annotations;
  }

  private void readMore() throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      String name = pool.text(in.readUnsignedShort());
      int length = in.readInt();
      switch (name) {
        case "RuntimeVisibleAnnotations":
        case "RuntimeInvisibleAnnotations":
          annotations.addAll(AnnotationOutline.readAll(in, pool));
          break;
        case "MethodParameters":
          readMethodParameters();
          break;
        case "Code":
          ClassOutline.skip(in, 4);
          readCode(in.readInt() & 0xFFFFFFFFL);
          ClassOutline.skip(in, 8L * in.readUnsignedShort());
          readMore();
          break;
        case "LocalVariableTable":
          readLocalVariables();
          break;
        default:
          ClassOutline.skip(in, length & 0xFFFFFFFFL);
      }
    }
  }

  private void readCode(long length) throws IOException {
    if (length > Accessor.LONGEST) {
      ClassOutline.skip(in, length);
    } else {
      byte[] code = new byte[(int) length];
      in.readFully(code);
      accessor = Accessor.isOne(code);
    }
  }

  private void readMethodParameters() throws IOException {
    List<String> names = new ArrayList<>();
    for (int count = in.readUnsignedByte(); count > 0; count--) {
      int name = in.readUnsignedShort();
      names.add(name == 0 ? "" : pool.text(name));
      in.readUnsignedShort();
    }
    declaredNames = names;
  }

  private void readLocalVariables() throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      int start = in.readUnsignedShort();
      in.readUnsignedShort();
      String name = pool.text(in.readUnsignedShort());
      in.readUnsignedShort();
      int slot = in.readUnsignedShort();
      if (start == 0) {
        variables.putIfAbsent(slot, name);
      }
    }
  }

  /** Returns all names or none: a partial list would assign names to the wrong parameters. */
  private List<String> parameterNames(boolean isStatic, String descriptor) {
    List<String> types = Descriptor.parameterTypes(descriptor);
    if (declaredNames != null && declaredNames.size() == types.size()) {
      return declaredNames.contains("") ? new ArrayList<>() : declaredNames;
    }
    List<String> names = new ArrayList<>();
    int slot = isStatic ? 0 : 1;
    for (String type : types) {
      String name = variables.get(slot);
      if (name == null) {
        return new ArrayList<>();
      }
      names.add(name);
      slot += type.equals("long") || type.equals("double") ? 2 : 1;
    }
    return names;
  }
}
