package io.github.conflictguard.servlet.enforcement;

import java.io.IOException;

/** The part of the response that is sent after the lock of the record has been released. */
@FunctionalInterface
interface PendingAnswer {

  /** Nothing is left to be sent: the application has sent the response. */
  PendingAnswer NONE = () -> {};

  void send() throws IOException;
}
