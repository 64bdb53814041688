package io.github.conflictguard.servlet.enforcement;

import java.io.IOException;

/** What remains to be sent to the client once the lock of the record is free. */
@FunctionalInterface
interface PendingAnswer {

  /** The application has sent its answer by itself. */
  PendingAnswer NONE = () -> {};

  void send() throws IOException;
}
