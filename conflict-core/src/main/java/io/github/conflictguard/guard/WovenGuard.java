package io.github.conflictguard.guard;

/**
 * What the code calls that the weaver puts into guarded methods. Not meant to be called by hand.
 */
public final class WovenGuard {

  private WovenGuard() {}

  /**
   * What has to leave a guarded method in place of what its body threw.
   *
   * @param policy the text of a {@link GuardPolicy}
   */
  public static Throwable translate(Throwable thrown, String policy) {
    return GuardPolicy.parse(policy).translate(thrown);
  }
}
