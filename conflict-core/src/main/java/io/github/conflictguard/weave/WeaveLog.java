package io.github.conflictguard.weave;

/** Told what becomes of every method for which a guard was asked for. */
public interface WeaveLog {

  /** A guard is in place now. */
  void woven(String target);

  /** A guard is in place already. */
  void found(String target);

  /** A guard was asked for, and cannot be. */
  void refused(String target, String reason);

  /** A guard is in place, with something missing. */
  void warned(String target, String reason);

  /** A whole class stays as it is, for a reason that lies outside of it. */
  void left(String className, String reason);
}
