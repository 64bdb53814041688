package io.github.conflictguard.weave;

/** Receives the result for each method for which a guard is requested. */
public interface WeaveLog {

  /** Reports that the method was woven. */
  void woven(String target);

  /** Reports that the method was already woven. */
  void found(String target);

  /** Reports that the method cannot be guarded. */
  void refused(String target, String reason);

  /** Reports that the method is guarded, with limitations. */
  void warned(String target, String reason);

  /** Reports that a whole class is left unchanged, for a reason outside of the class. */
  void left(String className, String reason);
}
