package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.RecoverMethod;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.StackSize;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Provides an advice with the recover method of the guarded method, as a constant of its class,
 * which can refer to private methods and needs no reflection; and with the position of the
 * exception.
 */
final class RecoverConstant implements Advice.OffsetMapping {

  private final Map<String, RecoverMethod> recoverMethods;
  private final boolean handle;

  /**
   * Creates one of the two mappings.
   *
   * @param recoverMethods by the names and descriptors of the guarded methods
   * @param handle whether the constant is the method, rather than the position
   */
  RecoverConstant(Map<String, RecoverMethod> recoverMethods, boolean handle) {
    this.recoverMethods = recoverMethods;
    this.handle = handle;
  }

  @Override
  public Target resolve(
      TypeDescription type,
      MethodDescription method,
      Assigner assigner,
      Advice.ArgumentHandler arguments,
      Sort sort) {
    MethodDescription.InDefinedShape declared = method.asDefined();
    RecoverMethod recover =
        recoverMethods.get(declared.getInternalName() + declared.getDescriptor());
    if (recover == null) {
      throw new IllegalStateException("there is no recover method for " + method);
    }
    return new Target.ForStackManipulation(
        handle
            ? new HandleConstant(handleOf(type, recover))
            : IntegerConstant.forValue(recover.place().number()));
  }

  /**
   * Refers to it as a member of the guarded class, even if a supertype declares it: JVMS 5.4.3.3.
   */
  private static Handle handleOf(TypeDescription type, RecoverMethod recover) {
    int tag =
        recover.isStatic()
            ? Opcodes.H_INVOKESTATIC
            : recover.isPrivate()
                ? Opcodes.H_INVOKESPECIAL
                : recover.isOfInterface() ? Opcodes.H_INVOKEINTERFACE : Opcodes.H_INVOKEVIRTUAL;
    return new Handle(
        tag, type.getInternalName(), recover.name(), recover.descriptor(), recover.isOfInterface());
  }

  /** Loads a method handle. */
  private static final class HandleConstant extends StackManipulation.AbstractBase {

    private final Handle handle;

    HandleConstant(Handle handle) {
      this.handle = handle;
    }

    @Override
    public Size apply(MethodVisitor visitor, Implementation.Context context) {
      visitor.visitLdcInsn(handle);
      return StackSize.SINGLE.toIncreasingSize();
    }
  }
}
