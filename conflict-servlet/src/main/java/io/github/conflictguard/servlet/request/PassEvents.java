package io.github.conflictguard.servlet.request;

import io.github.conflictguard.guard.RepeatCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of what the application reads of the request and writes to the response in one pass,
 * by the clock of {@link RepeatCheck}. It determines whether code that began at some time can run
 * again: input can be read only once, and output must not be written twice.
 *
 * <p>For use by the thread of the pass, and by threads that it delegates work to and waits for.
 */
public final class PassEvents {

  /** The maximum number of streams, more than an application opens. */
  private static final int MOST_STREAMS = 64;

  private final List<Opened> opened = new ArrayList<>(0);
  private long lastRead;
  private long lastFixed;
  private long lastOutput;
  private long firstOutput;

  /** Records that a part of the body, or its end, was read. */
  public void read() {
    lastRead = RepeatCheck.tick();
  }

  /** Records output to the body of the response. */
  public void written() {
    lastOutput = RepeatCheck.tick();
    if (firstOutput == 0) {
      firstOutput = lastOutput;
    }
  }

  /** Records that the application has reset the body of the response. */
  public void emptied() {
    firstOutput = 0;
    lastOutput = 0;
  }

  /** Records a change of the response that cannot be undone separately: a cookie, a status. */
  public void fixed() {
    lastFixed = RepeatCheck.tick();
  }

  /** Records that a stream of a form part was opened, whose reads are recorded separately. */
  Opened opened() {
    Opened stream = new Opened(RepeatCheck.tick());
    if (opened.size() < MOST_STREAMS) {
      opened.add(stream);
    } else {
      read();
    }
    return stream;
  }

  /** Returns why code that began at this time cannot run again, or null if it can. */
  public @Nullable String obstacle(long begunAt) {
    if (lastRead > begunAt || isPartReadSince(begunAt)) {
      return "it has read from the body of the request, which comes only once";
    }
    if (lastFixed > begunAt) {
      return "it has set the status, a cookie or another header of the response";
    }
    return lastOutput > begunAt && firstOutput <= begunAt
        ? "it has written to a response that was begun before"
        : null;
  }

  /** Returns whether code that began at this time has written output. */
  public boolean hasOutputSince(long begunAt) {
    return lastOutput > begunAt;
  }

  private boolean isPartReadSince(long begunAt) {
    for (Opened stream : opened) {
      if (stream.openedAt <= begunAt && stream.lastRead > begunAt) {
        return true;
      }
    }
    return false;
  }

  /** A stream and the time at which it was opened. */
  static final class Opened {

    private final long openedAt;
    private long lastRead;

    private Opened(long openedAt) {
      this.openedAt = openedAt;
    }

    /** Records a read of the stream. */
    void read() {
      lastRead = RepeatCheck.tick();
    }
  }
}
