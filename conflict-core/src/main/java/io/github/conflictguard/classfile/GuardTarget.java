package io.github.conflictguard.classfile;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method for which somebody asked for a guard. Immutable. */
public final class GuardTarget {

  /** What becomes of a guard whose policy cannot be renewed. */
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

  /** The method. */
  public MethodOutline method() {
    return method;
  }

  /** How it is to be guarded; null if it cannot be. */
  public @Nullable GuardPolicy policy() {
    return policy;
  }

  /** Returns what recovers from conflicts; null where the policy names nothing. */
  public @Nullable RecoverMethod recoverMethod() {
    return recoverMethod;
  }

  /** Why it cannot be guarded; null if it can. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** What the guard will do without, and why. Unmodifiable. */
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** Whether the guard is in place already. */
  public boolean isWoven() {
    return method.annotation(GuardTargets.WOVEN) != null;
  }

  /**
   * Returns the text of the policy with which the guard was put in place; null when it is not, or
   * its mark does not tell.
   */
  public @Nullable String wovenPolicy() {
    AnnotationOutline mark = method.annotation(GuardTargets.WOVEN);
    String text = mark == null ? "" : mark.text("policy");
    return text.isEmpty() ? null : text;
  }

  /** Returns what has put the guard in place, see {@code Woven#by}; null when it is not. */
  public @Nullable String wovenBy() {
    AnnotationOutline mark = method.annotation(GuardTargets.WOVEN);
    return mark == null ? null : mark.text("by");
  }

  /** Returns whether the guard is in place with another policy than the one that is asked for. */
  public boolean isOutdated() {
    String woven = wovenPolicy();
    // What cannot be guarded any more has lost the names of its parameters by the weaving.
    return woven != null && policy != null && !woven.equals(policy.toString());
  }

  /** The method with its class and its parameter types in full. */
  @Override
  public String toString() {
    return type.name() + "#" + method;
  }
}
