package io.github.conflictguard.weave;

import java.util.logging.Logger;

/**
 * The log for one class in a build: a method that cannot be woven fails the build. Not thread-safe.
 */
final class BuildLog implements WeaveLog {

  private static final Logger LOG = Logger.getLogger(ConflictGuardPlugin.class.getName());

  private final boolean warns;
  private final StringBuilder refusals = new StringBuilder();

  /** Creates a log; Byte Buddy processes each class twice, and only one pass issues warnings. */
  BuildLog(boolean warns) {
    this.warns = warns;
  }

  @Override
  public void woven(String target) {
    LOG.fine(target + " is guarded");
  }

  @Override
  public void found(String target) {
    LOG.fine(target + " is guarded already");
  }

  @Override
  public void refused(String target, String reason) {
    refusals.append("\n  ").append(target).append(": ").append(reason);
  }

  @Override
  public void warned(String target, String reason) {
    if (warns) {
      LOG.warning(target + " " + reason);
    }
  }

  @Override
  public void left(String className, String reason) {
    refusals.append("\n  ").append(className).append(": ").append(reason);
  }

  void stopBuildIfAnyWasRefused() {
    if (refusals.length() > 0) {
      throw new UnweavableMethodException(refusals.toString());
    }
  }
}
