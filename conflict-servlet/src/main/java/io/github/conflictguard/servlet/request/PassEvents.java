package io.github.conflictguard.servlet.request;

import io.github.conflictguard.guard.RepeatCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application reads of the request and writes to the response in one pass, by the clock of
 * {@link RepeatCheck}. Tells whether code that began at some time can run again: what it has read
 * comes only once, and what it has written must not be there twice.
 *
 * <p>For the thread of the pass, and those that it hands its work to and waits for.
 */
public final class PassEvents {

  /** More than an application opens. */
  private static final int MOST_STREAMS = 64;

  private final List<Opened> opened = new ArrayList<>(0);
  private long lastRead;
  private long lastFixed;
  private long lastOutput;
  private long firstOutput;

  /** Notes that a part of the body, or its end, was read. */
  public void read() {
    lastRead = RepeatCheck.tick();
  }

  /** Notes that something was written to the body of the response. */
  public void written() {
    lastOutput = RepeatCheck.tick();
    if (firstOutput == 0) {
      firstOutput = lastOutput;
    }
  }

  /** Notes that the application has emptied the body of the response. */
  public void emptied() {
    firstOutput = 0;
    lastOutput = 0;
  }

  /** Notes a change of the response that cannot be taken back by itself: a cookie, a status. */
  public void fixed() {
    lastFixed = RepeatCheck.tick();
  }

  /** Notes that a stream of a part of a form was opened, whose reads are told apart from others. */
  Opened opened() {
    Opened stream = new Opened(RepeatCheck.tick());
    if (opened.size() < MOST_STREAMS) {
      opened.add(stream);
    } else {
      read();
    }
    return stream;
  }

  /** Returns why code that began at this time cannot run again; null when it can. */
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

  /** Returns whether code that began at this time has written something. */
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

  /** A stream that was opened at some time. */
  static final class Opened {

    private final long openedAt;
    private long lastRead;

    private Opened(long openedAt) {
      this.openedAt = openedAt;
    }

    /** Notes that it was read. */
    void read() {
      lastRead = RepeatCheck.tick();
    }
  }
}
