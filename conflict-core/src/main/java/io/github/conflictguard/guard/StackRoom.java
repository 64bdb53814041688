package io.github.conflictguard.guard;

/**
 * Makes sure that enough of the stack is left for giving a lock back: whatever overflows the stack
 * then does so before a lock is taken, or further in, from where it unwinds.
 */
final class StackRoom {

  /** Each with a frame that is larger than those of most methods, interpreted or compiled. */
  private static final int FRAMES = 48;

  private StackRoom() {}

  /**
   * Reaches as far down as giving back a lock ever does.
   *
   * @throws StackOverflowError if there is not as much room
   */
  static void demand() {
    reach(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  private static long reach(
      int frames, long a, long b, long c, long d, long e, long f, long g, long h) {
    return frames == 0 ? a + h : reach(frames - 1, b, c, d, e, f, g, h, a) + frames;
  }
}
