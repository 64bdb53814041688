package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.guard.GuardPolicy;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the policy of a woven method: the text of the policy is a constant of the method.
 * Possible if the code around the body remains the same.
 */
public final class Renewal extends MethodVisitor {

  private final String old;
  private final String policy;
  private final String wovenBy;

  Renewal(MethodVisitor next, String old, String policy, String wovenBy) {
    super(OpenedClassReader.ASM_API, next);
    this.old = old;
    this.policy = policy;
    this.wovenBy = wovenBy;
  }

  /** Returns whether the policy of a woven method can be replaced; false if it is not woven. */
  public static boolean isPossible(GuardTarget target) {
    String woven = target.wovenPolicy();
    GuardPolicy asked = target.policy();
    return woven != null && asked != null && isSameShape(woven, asked.toString());
  }

  static boolean isSameShape(String woven, String asked) {
    return shape(woven).equals(shape(asked));
  }

  /** Returns the properties of a policy that determine the advice. */
  private static String shape(String policy) {
    String kind =
        policy.contains("\nlock=") ? "lock" : policy.contains("\nretry=") ? "retry" : "plain";
    int recover = policy.indexOf("\nrecover=");
    int end = policy.indexOf('\n', recover + 1);
    return recover < 0 ? kind : kind + policy.substring(recover, end < 0 ? policy.length() : end);
  }

  @Override
  public void visitLdcInsn(Object value) {
    super.visitLdcInsn(old.equals(value) ? policy : value);
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    AnnotationVisitor next = super.visitAnnotation(descriptor, visible);
    if (next == null || !descriptor.equals(GuardTargets.WOVEN)) {
      return next;
    }
    return new AnnotationVisitor(OpenedClassReader.ASM_API, next) {
      @Override
      public void visit(String name, Object value) {
        super.visit(name, name.equals("policy") ? policy : name.equals("by") ? wovenBy : value);
      }
    };
  }
}
