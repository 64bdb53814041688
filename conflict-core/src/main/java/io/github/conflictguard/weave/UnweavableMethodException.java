package io.github.conflictguard.weave;

/** Fails the build: a guard is requested for a method that cannot have one. */
final class UnweavableMethodException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnweavableMethodException(String refusals) {
    super("These methods require a guard and cannot have one:" + refusals);
  }
}
