package io.github.conflictguard.loadtime;

import io.github.conflictguard.recorder.CommitHook;
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

    @Override
    void hook(MethodVisitor code, String event, Detail detail) {
      code.visitLdcInsn(event);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      detail.load(code);
      onEvent(code);
    }

    @Override
    void hookWithoutSubject(MethodVisitor code, String event) {
      code.visitLdcInsn(event);
      code.visitInsn(Opcodes.ACONST_NULL);
      code.visitInsn(Opcodes.ACONST_NULL);
      onEvent(code);
    }

    @Override
    void prepared(MethodVisitor code) {
      code.visitInsn(Opcodes.DUP);
      code.visitLdcInsn(CommitHook.PREPARED);
      code.visitInsn(Opcodes.SWAP);
      code.visitInsn(Opcodes.ACONST_NULL);
      onEvent(code);
    }

    @Override
    void ending(MethodVisitor code) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitVarInsn(Opcodes.ILOAD, 2);
      callHook(code, "ending", "(Ljava/lang/Object;Ljava/lang/Object;I)V");
    }

    private void onEvent(MethodVisitor code) {
      callHook(code, "on", "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;)V");
    }

    private void callHook(MethodVisitor code, String method, String descriptor) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "io/github/conflictguard/recorder/CommitHook",
          method,
          descriptor,
          false);
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
   * the JDK. Takes about a microsecond for each call. What concerns the hook is passed as an array.
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

    @Override
    void hook(MethodVisitor code, String event, Detail detail) {
      loadRecorder(code);
      code.visitLdcInsn(RecorderByName.HOOK + event);
      newArray(code, detail == Detail.NONE ? 1 : 2);
      store(code, 0, () -> code.visitVarInsn(Opcodes.ALOAD, 0));
      if (detail != Detail.NONE) {
        store(code, 1, () -> detail.load(code));
      }
      call(code);
    }

    @Override
    void hookWithoutSubject(MethodVisitor code, String event) {
      loadRecorder(code);
      code.visitLdcInsn(RecorderByName.HOOK + event);
      newArray(code, 1);
      call(code);
    }

    @Override
    void prepared(MethodVisitor code) {
      code.visitInsn(Opcodes.DUP);
      newArray(code, 1);
      code.visitInsn(Opcodes.DUP_X1);
      code.visitInsn(Opcodes.SWAP);
      code.visitInsn(Opcodes.ICONST_0);
      code.visitInsn(Opcodes.SWAP);
      code.visitInsn(Opcodes.AASTORE);
      loadRecorder(code);
      code.visitInsn(Opcodes.SWAP);
      code.visitLdcInsn(RecorderByName.HOOK + CommitHook.PREPARED);
      code.visitInsn(Opcodes.SWAP);
      call(code);
    }

    @Override
    void ending(MethodVisitor code) {
      loadRecorder(code);
      code.visitLdcInsn(RecorderByName.HOOK + CommitHook.ENDING_BRANCH);
      newArray(code, 3);
      store(code, 0, () -> code.visitVarInsn(Opcodes.ALOAD, 0));
      store(code, 1, () -> code.visitVarInsn(Opcodes.ALOAD, 1));
      store(
          code,
          2,
          () -> {
            code.visitVarInsn(Opcodes.ILOAD, 2);
            code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/Integer",
                "valueOf",
                "(I)Ljava/lang/Integer;",
                false);
          });
      call(code);
    }

    private void newArray(MethodVisitor code, int length) {
      code.visitInsn(Opcodes.ICONST_0 + length);
      code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
    }

    private void store(MethodVisitor code, int index, Runnable load) {
      code.visitInsn(Opcodes.DUP);
      code.visitInsn(Opcodes.ICONST_0 + index);
      load.run();
      code.visitInsn(Opcodes.AASTORE);
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
      call(code);
    }

    private void call(MethodVisitor code) {
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

  /** Writes a call of the hook with {@code this}. */
  abstract void hook(MethodVisitor code, String event, Detail detail);

  /** Writes a call of the hook where {@code this} is not available. */
  abstract void hookWithoutSubject(MethodVisitor code, String event);

  /** Writes a call of the hook with the statement that is about to be returned. */
  abstract void prepared(MethodVisitor code);

  /** Writes a call of the hook with the parameters of {@code XAResource.end}. */
  abstract void ending(MethodVisitor code);

  /** What an event reports in addition to its subject. */
  enum Detail {

    /** Nothing. */
    NONE,

    /** The first parameter, a text. */
    TEXT,

    /** The first parameter, a boolean. */
    FLAG;

    void load(MethodVisitor code) {
      if (this == NONE) {
        code.visitInsn(Opcodes.ACONST_NULL);
      } else if (this == TEXT) {
        code.visitVarInsn(Opcodes.ALOAD, 1);
      } else {
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/String", "valueOf", "(Z)Ljava/lang/String;", false);
      }
    }
  }
}
