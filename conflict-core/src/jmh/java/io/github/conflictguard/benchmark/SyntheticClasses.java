package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictGuarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A jar of classes of the size that classes have: 20 methods, 100 constants, 4 KB. */
final class SyntheticClasses {

  private static final int METHODS = 20;

  private SyntheticClasses() {}

  static void write(Path jar, int count, int guarded) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < count; i++) {
        out.putNextEntry(new JarEntry("many/C" + i + ".class"));
        out.write(classFile(i, i % (count / guarded) == 7));
        out.closeEntry();
      }
    }
  }

  private static byte[] classFile(int number, boolean guarded) {
    ClassWriter type = new ClassWriter(0);
    // One in ten has what nine others extend.
    String above = number % 10 == 0 ? "java/lang/Object" : "many/C" + (number - number % 10);
    type.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "many/C" + number, null, above, null);
    MethodVisitor code = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, above, "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(1, 1);
    for (int i = 0; i < METHODS; i++) {
      String name = "method" + i + "Of" + number;
      code = type.visitMethod(Opcodes.ACC_PUBLIC, name, "(Ljava/lang/String;)I", null, null);
      if (guarded && i == 0) {
        code.visitAnnotation(Type.getDescriptor(ConflictGuarded.class), true).visitEnd();
      }
      code.visitLdcInsn("a text of the class " + number + ", one of those of method " + i);
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, "java/lang/String", "compareTo", "(Ljava/lang/String;)I", false);
      code.visitLdcInsn(number * METHODS + i);
      code.visitInsn(Opcodes.IADD);
      code.visitInsn(Opcodes.IRETURN);
      code.visitMaxs(2, 2);
    }
    type.visitEnd();
    return type.toByteArray();
  }
}
