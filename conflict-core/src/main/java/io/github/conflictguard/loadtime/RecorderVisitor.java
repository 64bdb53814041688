package io.github.conflictguard.loadtime;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Inserts calls of the recorder before the return instructions of methods. Uses ASM instead of
 * advice, because the inserted code is the same short sequence everywhere, and most applications
 * load such classes: initializing Byte Buddy would take a third of a second.
 */
final class RecorderVisitor extends ClassVisitor {

  private final boolean exception;
  private final RecorderCalls calls;
  private final boolean isHooked;
  private @Nullable HookCalls hooks;
  private boolean hooksMethods;
  private boolean reports;

  private RecorderVisitor(
      ClassVisitor next, boolean exception, RecorderCalls calls, boolean isHooked) {
    super(Opcodes.ASM9, next);
    this.exception = exception;
    this.calls = calls;
    this.isHooked = isHooked;
  }

  /** Inserts calls into the constructors of an exception, to record it. */
  static byte @Nullable [] ofException(byte[] classFile, RecorderCalls calls) {
    return visit(classFile, true, calls, false, () -> {});
  }

  /**
   * Inserts calls into the methods of a JDBC driver, to report changes; returns null if it has none
   * of these methods.
   *
   * @param isHooked whether calls of the hook are inserted as well
   * @param onReports called if the class reports changes to the recorder from now on
   */
  static byte @Nullable [] ofDriver(
      byte[] classFile, RecorderCalls calls, boolean isHooked, Runnable onReports) {
    return visit(classFile, false, calls, isHooked, onReports);
  }

  private static byte @Nullable [] visit(
      byte[] classFile,
      boolean exception,
      RecorderCalls calls,
      boolean isHooked,
      Runnable onReports) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    RecorderVisitor visitor = new RecorderVisitor(writer, exception, calls, isHooked);
    reader.accept(visitor, 0);
    if (visitor.reports) {
      onReports.run();
    }
    return visitor.reports || visitor.hooksMethods ? writer.toByteArray() : null;
  }

  @Override
  public void visit(
      int classFileVersion,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    hooks = isHooked ? new HookCalls(calls, name, classFileVersion & 0xFFFF) : null;
    super.visit(classFileVersion, access, name, signature, superName, interfaces);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] thrown) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
    boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    if (next == null || !hasCode) {
      return next;
    }
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    MethodVisitor hooked = isStatic || hooks == null ? next : hooks.around(next, name, descriptor);
    Call call = callOf(access, name, descriptor);
    reports |= call != null;
    hooksMethods |= hooked != next;
    return call == null ? hooked : beforeReturns(hooked, call);
  }

  private static MethodVisitor beforeReturns(MethodVisitor next, Call call) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
          call.write(mv);
        }
        super.visitInsn(opcode);
      }
    };
  }

  private @Nullable Call callOf(int access, String name, String descriptor) {
    if (exception) {
      return name.equals("<init>") ? calls::note : null;
    }
    if ((access & Opcodes.ACC_STATIC) != 0) {
      return null;
    }
    switch (name + descriptor) {
      case "executeUpdate()I":
      case "executeUpdate(Ljava/lang/String;)I":
      case "executeUpdate(Ljava/lang/String;I)I":
      case "executeUpdate(Ljava/lang/String;[I)I":
      case "executeUpdate(Ljava/lang/String;[Ljava/lang/String;)I":
        return code -> {
          code.visitInsn(Opcodes.DUP);
          code.visitInsn(Opcodes.I2L);
          calls.updated(code);
        };
      case "executeLargeUpdate()J":
      case "executeLargeUpdate(Ljava/lang/String;)J":
        return code -> {
          code.visitInsn(Opcodes.DUP2);
          calls.updated(code);
        };
      case "executeBatch()[I":
      case "executeLargeBatch()[J":
        return code -> {
          code.visitInsn(Opcodes.DUP);
          code.visitInsn(Opcodes.ARRAYLENGTH);
          code.visitInsn(Opcodes.I2L);
          calls.updated(code);
        };
      case "execute()Z":
        // False means that there is no result set: it was an update.
        return code -> {
          code.visitInsn(Opcodes.DUP);
          code.visitInsn(Opcodes.ICONST_1);
          code.visitInsn(Opcodes.IXOR);
          code.visitInsn(Opcodes.I2L);
          calls.updated(code);
        };
      case "commit()V":
      case "commit(Ljavax/transaction/xa/Xid;Z)V":
        return calls::committed;
      case "rollback()V":
      case "rollback(Ljavax/transaction/xa/Xid;)V":
        return calls::rolledBack;
      default:
        return null;
    }
  }

  /** A call that is inserted before a return instruction. */
  private interface Call {

    void write(MethodVisitor code);
  }
}
