package io.github.conflictguard.servlet.request;

import java.io.IOException;

/** A listener for the times in which an application waits for the request body. */
public interface BodyWait {

  /** Called when the application will be notified of data instead of waiting for it. */
  void listens();

  /**
   * Called before the application waits.
   *
   * @throws IOException if the body must not be read any more
   */
  void begins() throws IOException;

  /**
   * Called when data has arrived, or the body has ended.
   *
   * @throws IOException if the application must not continue with it
   */
  void ends() throws IOException;
}
