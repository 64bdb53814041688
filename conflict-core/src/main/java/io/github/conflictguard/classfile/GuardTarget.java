package io.github.conflictguard.classfile;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method for which a guard is requested. Immutable. */
public final class GuardTarget {

  /** The warning for a guard whose policy cannot be renewed. */
  public static final String OUTDATED =
      "has the guard of an earlier weaving, with another policy; compile its class anew and weave"
          + " it again";

  private final ClassOutline type;
  private final MethodOutline method;
  private final @Nullable GuardPolicy policy;
  private final @Nullable RecoverMethod recoverMethod;
  private final @Nullable String refusal;
  private final List<String> warnings;

  private GuardTarget(
      ClassOutline type,
      MethodOutline method,
      @Nullable GuardPolicy policy,
      @Nullable RecoverMethod recoverMethod,
      @Nullable String refusal,
      List<String> warnings) {
    this.type = type;
    this.method = method;
    this.policy = policy;
    this.recoverMethod = recoverMethod;
    this.refusal = refusal;
    this.warnings = warnings;
  }

  static GuardTarget guarded(
      ClassOutline type,
      MethodOutline method,
      GuardPolicy policy,
      @Nullable RecoverMethod recoverMethod,
      List<String> warnings) {
    return new GuardTarget(type, method, policy, recoverMethod, null, warnings);
  }

  static GuardTarget refused(ClassOutline type, MethodOutline method, String reason) {
    return new GuardTarget(type, method, null, null, reason, Collections.emptyList());
  }

  /** Returns the method. */
  public MethodOutline method() {
    return method;
  }

  /** Returns the policy of the guard; null if the method cannot be guarded. */
  public @Nullable GuardPolicy policy() {
    return policy;
  }

  /** Returns the method that recovers from conflicts; null if the policy names none. */
  public @Nullable RecoverMethod recoverMethod() {
    return recoverMethod;
  }

  /** Returns why the method cannot be guarded; null if it can. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** Returns the limitations of the guard with their reasons, as an unmodifiable list. */
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** Returns whether the method is already guarded. */
  public boolean isWoven() {
    return method.annotation(GuardTargets.WOVEN) != null;
  }

  /**
   * Returns the text of the policy with which the method was woven; null if it is not woven, or its
   * mark contains no policy.
   */
  public @Nullable String wovenPolicy() {
    AnnotationOutline mark = method.annotation(GuardTargets.WOVEN);
    String text = mark == null ? "" : mark.text("policy");
    return text.isEmpty() ? null : text;
  }

  /** Returns the tool that wove the method, see {@code Woven#by}; null if it is not woven. */
  public @Nullable String wovenBy() {
    AnnotationOutline mark = method.annotation(GuardTargets.WOVEN);
    return mark == null ? null : mark.text("by");
  }

  /** Returns whether the method is guarded with a policy other than the requested one. */
  public boolean isOutdated() {
    String woven = wovenPolicy();
    // A method that can no longer be guarded has lost the names of its parameters by weaving.
    return woven != null && policy != null && !woven.equals(policy.toString());
  }

  /** Returns the method with its class and its fully qualified parameter types. */
  @Override
  public String toString() {
    return type.name() + "#" + method;
  }
}
