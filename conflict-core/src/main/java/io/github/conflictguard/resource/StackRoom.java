package io.github.conflictguard.resource;

/**
 * Ensures that enough stack is left for releasing a lock: a stack overflow then happens before a
 * lock is acquired, or in a deeper frame, from which it unwinds.
 */
public final class StackRoom {

  /** Each with a frame larger than those of most methods, interpreted or compiled. */
  private static final int FRAMES = 48;

  private StackRoom() {}

  /**
   * Uses as much of the stack as releasing a lock needs.
   *
   * @throws StackOverflowError if less than that is left
   */
  public static void demand() {
    reach(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  private static long reach(
      int frames, long a, long b, long c, long d, long e, long f, long g, long h) {
    return frames == 0 ? a + h : reach(frames - 1, b, c, d, e, f, g, h, a) + frames;
  }
}
