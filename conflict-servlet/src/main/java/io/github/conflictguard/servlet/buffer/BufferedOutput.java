package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.ChosenOutput;
import java.io.Closeable;
import java.io.IOException;

/**
 * What the stream and the writer of a {@link BufferedResponse} share: the output of the wrapped
 * response, and what happens after the application has closed its own. Not thread-safe.
 *
 * @param <T> the type of the wrapped stream or writer
 */
final class BufferedOutput<T extends Closeable> {

  private final ResponseBuffer body;
  private final ChosenOutput<T> wrapped;
  private boolean closed;
  private boolean reopened;

  BufferedOutput(ResponseBuffer body, ChosenOutput.Source<T> source) {
    this.body = body;
    this.wrapped = new ChosenOutput<>(source);
  }

  /**
   * Gets the output of the wrapped response, once for each choice of the application. If more is
   * written after a close, it gets the output again, so that the wrapped response decides what
   * happens.
   *
   * @return whether the output was obtained by this call
   */
  boolean open() throws IOException {
    if (closed) {
      reopened = true;
      return false;
    }
    if (wrapped.isChosen()) {
      return false;
    }
    wrapped.choose();
    return true;
  }

  boolean isChosen() {
    return wrapped.isChosen();
  }

  /** Returns the output of the wrapped response. */
  T below() throws IOException {
    return wrapped.get();
  }

  T belowUnchecked() {
    return wrapped.getUnchecked();
  }

  /** Starts a write; returns whether it goes to the buffer. */
  boolean beginWrite(int length) throws IOException {
    goOn();
    return !closed && body.beginWrite(length);
  }

  /** Continues after a close. Containers drop or reject such output; wrappers may accept it. */
  void goOn() throws IOException {
    if (!closed) {
      return;
    }
    boolean again = reopened;
    reopened = false;
    body.goOnAfterClose();
    if (again && !body.isReplaced()) {
      wrapped.choose();
      closed = false;
    }
  }

  void close() throws IOException {
    if (closed) {
      reopened = false; // Nothing was written: it is closed as before.
      return;
    }
    closed = true;
    if (body.decide()) {
      body.closed();
    } else if (!body.isReplaced()) {
      below().close();
    }
  }

  /** Closes the output of the wrapped response if the application has closed its own. */
  void release() throws IOException {
    if (closed && !reopened) {
      below().close();
    }
  }

  /** Lets the application choose again, because the response was reset. */
  void clear() {
    wrapped.forgetChoice();
    closed = false;
    reopened = false;
  }
}
