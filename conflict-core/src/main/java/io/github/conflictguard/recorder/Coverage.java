package io.github.conflictguard.recorder;

/**
 * Holds what the agent could instrument in this JVM. Filled by the agent alone; in a copy that an
 * application carries, everything stays false. Thread-safe.
 */
public final class Coverage {

  private static volatile boolean installed;
  private static volatile boolean driverWoven;
  private static volatile boolean incomplete;

  private Coverage() {}

  /** Notes that exceptions of known conflicts report themselves from now on. */
  public static void install() {
    installed = true;
  }

  /** Notes that nothing reports itself any more. */
  public static void uninstall() {
    installed = false;
    driverWoven = false;
    incomplete = false;
  }

  /** Notes that a class of a JDBC driver reports what it has stored. */
  public static void driverWoven() {
    driverWoven = true;
  }

  /** Notes that a class that should report itself could not be instrumented. */
  public static void leftOut() {
    incomplete = true;
  }

  /** Returns whether exceptions of known conflicts report themselves. */
  public static boolean isInstalled() {
    return installed;
  }

  /**
   * Returns whether a JDBC driver reports what it has stored: until then, a recording cannot tell
   * an attempt that failed from one that succeeded the second time.
   */
  public static boolean hasDriver() {
    return driverWoven;
  }

  /** Returns whether a class could not be instrumented. */
  public static boolean isIncomplete() {
    return incomplete;
  }
}
