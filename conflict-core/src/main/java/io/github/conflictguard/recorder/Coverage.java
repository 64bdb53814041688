package io.github.conflictguard.recorder;

/**
 * The instrumentation coverage of the agent in this JVM. Set by the agent only; in a copy that an
 * application contains, all values stay false. Thread-safe.
 */
public final class Coverage {

  private static volatile boolean installed;
  private static volatile boolean driverWoven;
  private static volatile boolean incomplete;

  private Coverage() {}

  /** Records that exceptions of known conflicts report themselves from now on. */
  public static void install() {
    installed = true;
  }

  /** Records that exceptions no longer report themselves. */
  public static void uninstall() {
    installed = false;
    driverWoven = false;
    incomplete = false;
  }

  /** Records that a class of a JDBC driver reports changes. */
  public static void driverWoven() {
    driverWoven = true;
  }

  /** Records that a class that should report itself could not be instrumented. */
  public static void leftOut() {
    incomplete = true;
  }

  /** Returns whether exceptions of known conflicts report themselves. */
  public static boolean isInstalled() {
    return installed;
  }

  /**
   * Returns whether a JDBC driver reports changes: otherwise a recording cannot distinguish a
   * failed attempt from one that succeeded the second time.
   */
  public static boolean hasDriver() {
    return driverWoven;
  }

  /** Returns whether a class could not be instrumented. */
  public static boolean isIncomplete() {
    return incomplete;
  }
}
