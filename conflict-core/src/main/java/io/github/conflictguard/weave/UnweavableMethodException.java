package io.github.conflictguard.weave;

/** The build stops here: a guard was asked for where none can be. */
final class UnweavableMethodException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnweavableMethodException(String refusals) {
    super("These methods ask for a guard and cannot have it:" + refusals);
  }
}
