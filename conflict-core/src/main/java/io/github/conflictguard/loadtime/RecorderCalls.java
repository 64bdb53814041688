package io.github.conflictguard.loadtime;

import io.github.conflictguard.recorder.RecorderByName;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Inserts calls of the recorder into methods of a class that reports to it. The code has no
 * branches and no exception handlers, so it needs no stack map frames. Immutable.
 */
enum RecorderCalls {

  /** For class loaders that delegate to the boot class loader. */
  DIRECT {
    @Override
    void note(MethodVisitor code) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      call(code, "note", "(Ljava/lang/Throwable;)V");
    }

    @Override
    void updated(MethodVisitor code) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      call(code, "updated", "(JLjava/lang/Object;)V");
    }

    @Override
    void committed(MethodVisitor code) {
      call(code, "committed", "()V");
    }

    @Override
    void rolledBack(MethodVisitor code) {
      call(code, "rolledBack", "()V");
    }

    private void call(MethodVisitor code, String method, String descriptor) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "io/github/conflictguard/recorder/Recorder",
          method,
          descriptor,
          false);
    }
  },

  /**
   * For class loaders that do not, as in JBoss Modules and OSGi: symbolic references are only to
   * the JDK. Takes about a microsecond for each call.
   */
  BY_NAME {
    @Override
    void note(MethodVisitor code) {
      loadRecorder(code);
      code.visitLdcInsn(RecorderByName.NOTE);
      accept(code);
    }

    @Override
    void updated(MethodVisitor code) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, "java/lang/Long", "valueOf", "(J)Ljava/lang/Long;", false);
      loadRecorder(code);
      code.visitInsn(Opcodes.SWAP);
      accept(code);
    }

    @Override
    void committed(MethodVisitor code) {
      loadRecorder(code);
      code.visitLdcInsn(RecorderByName.COMMITTED);
      accept(code);
    }

    @Override
    void rolledBack(MethodVisitor code) {
      loadRecorder(code);
      code.visitLdcInsn(RecorderByName.ROLLED_BACK);
      accept(code);
    }

    private void loadRecorder(MethodVisitor code) {
      code.visitLdcInsn("io.github.conflictguard.recorder.RecorderByName");
      code.visitInsn(Opcodes.ICONST_0);
      code.visitInsn(Opcodes.ACONST_NULL);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/Class",
          "forName",
          "(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;",
          false);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, "java/lang/Class", "newInstance", "()Ljava/lang/Object;", false);
      code.visitTypeInsn(Opcodes.CHECKCAST, "java/util/function/BiConsumer");
    }

    private void accept(MethodVisitor code) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitMethodInsn(
          Opcodes.INVOKEINTERFACE,
          "java/util/function/BiConsumer",
          "accept",
          "(Ljava/lang/Object;Ljava/lang/Object;)V",
          true);
    }
  };

  /** Writes a call that records {@code this}, an exception. */
  abstract void note(MethodVisitor code);

  /** Writes a call that reports {@code this}, a statement, and consumes the row count, a long. */
  abstract void updated(MethodVisitor code);

  /** Writes a call that reports a commit. */
  abstract void committed(MethodVisitor code);

  /** Writes a call that reports a rollback. */
  abstract void rolledBack(MethodVisitor code);
}
