package io.github.conflictguard.loadtime;

import io.github.conflictguard.loadtime.RecorderCalls.Detail;
import io.github.conflictguard.recorder.CommitHook;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Inserts calls of the {@link CommitHook} into a class of a JDBC driver, or of a wrapper for one:
 * at the beginning of methods that execute statements or commit, where the listener can still
 * refuse, and at the end of those that commit, normal or not.
 */
final class HookCalls {

  private static final String STATEMENT = ")Ljava/sql/PreparedStatement;";
  private static final String CALLABLE = ")Ljava/sql/CallableStatement;";
  private static final int JAVA_6 = 50;

  private final RecorderCalls calls;
  private final boolean commitsOnClose;
  private final boolean hasFrames;

  HookCalls(RecorderCalls calls, String internalName, int majorVersion) {
    this.calls = calls;
    // Other drivers roll back, or leave it to the server, which does.
    this.commitsOnClose = internalName.startsWith("oracle/jdbc/");
    this.hasFrames = majorVersion >= JAVA_6;
  }

  /** Returns a visitor of the method that inserts the calls; the same if there are none. */
  MethodVisitor around(MethodVisitor next, String name, String descriptor) {
    if (name.startsWith("execute")) {
      return aroundExecution(next, name, descriptor);
    }
    if (name.startsWith("prepare")) {
      boolean prepares =
          descriptor.startsWith("(Ljava/lang/String;")
              && (descriptor.endsWith(STATEMENT) || descriptor.endsWith(CALLABLE));
      return prepares ? new Preparation(next) : next;
    }
    switch (name + descriptor) {
      case "commit()V":
        return new Commit(next, CommitHook.COMMITTING, Detail.NONE);
      case "setAutoCommit(Z)V":
        return new Commit(next, CommitHook.AUTO_COMMIT, Detail.FLAG);
      case "close()V":
        return commitsOnClose ? new Commit(next, CommitHook.COMMITTING, Detail.NONE) : next;
      case "start(Ljavax/transaction/xa/Xid;I)V":
        return exit(next, CommitHook.STARTED_BRANCH);
      case "end(Ljavax/transaction/xa/Xid;I)V":
        return entry(next, calls::ending);
      case "rollback()V":
        return exit(next, CommitHook.ROLLED_BACK);
      case "commit(Ljavax/transaction/xa/Xid;Z)V":
        return exit(next, CommitHook.COMMITTED_BRANCH);
      case "rollback(Ljavax/transaction/xa/Xid;)V":
        return exit(next, CommitHook.ROLLED_BACK_BRANCH);
      default:
        return next;
    }
  }

  private MethodVisitor aroundExecution(MethodVisitor next, String name, String descriptor) {
    switch (name) {
      case "execute":
      case "executeUpdate":
      case "executeLargeUpdate":
      case "executeQuery":
      case "executeBatch":
      case "executeLargeBatch":
        boolean isText = descriptor.startsWith("(Ljava/lang/String;");
        return isText || descriptor.startsWith("()")
            ? entry(
                next,
                code -> calls.hook(code, CommitHook.EXECUTING, isText ? Detail.TEXT : Detail.NONE))
            : next;
      default:
        return next;
    }
  }

  private static MethodVisitor entry(MethodVisitor next, Insertion insertion) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitCode() {
        super.visitCode();
        insertion.write(mv);
      }
    };
  }

  private MethodVisitor exit(MethodVisitor next, String event) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitInsn(int opcode) {
        if (opcode == Opcodes.RETURN) {
          calls.hook(mv, event, Detail.NONE);
        }
        super.visitInsn(opcode);
      }
    };
  }

  /** Code to be inserted. */
  @FunctionalInterface
  private interface Insertion {

    void write(MethodVisitor code);
  }

  /** A method of a connection that prepares a statement. */
  private final class Preparation extends MethodVisitor {

    Preparation(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      calls.hook(mv, CommitHook.PREPARING, Detail.TEXT);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN) {
        calls.prepared(mv);
      }
      super.visitInsn(opcode);
    }
  }

  /** A method of a connection that commits. Its end is reported in any case. */
  private final class Commit extends MethodVisitor {

    private final String event;
    private final Detail detail;
    private final Label begin = new Label();

    Commit(MethodVisitor next, String event, Detail detail) {
      super(Opcodes.ASM9, next);
      this.event = event;
      this.detail = detail;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      calls.hook(mv, event, detail);
      super.visitLabel(begin);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        calls.hookWithoutSubject(mv, CommitHook.COMMITTED);
      }
      super.visitInsn(opcode);
    }

    /** Adds a handler after those of the method. Its frame has no variables, and fits anywhere. */
    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      Label handler = new Label();
      super.visitTryCatchBlock(begin, handler, handler, null);
      super.visitLabel(handler);
      if (hasFrames) {
        super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
      }
      calls.hookWithoutSubject(mv, CommitHook.COMMIT_FAILED);
      super.visitInsn(Opcodes.ATHROW);
      super.visitMaxs(maxStack, maxLocals);
    }
  }
}
