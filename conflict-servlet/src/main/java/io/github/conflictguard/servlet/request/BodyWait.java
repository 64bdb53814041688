package io.github.conflictguard.servlet.request;

import java.io.IOException;

/** Follows the times in which an application waits for the body that its client sends. */
public interface BodyWait {

  /** Called when the application is going to be called with what comes, and not to wait for it. */
  void isListenedTo();

  /**
   * Called before the application waits.
   *
   * @throws IOException if the body must not be read any more
   */
  void begins() throws IOException;

  /**
   * Called when something has come, or nothing more will.
   *
   * @throws IOException if the application must not go on with it
   */
  void ends() throws IOException;
}
