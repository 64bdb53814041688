package io.github.conflictguard.servlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** What the log was told. */
public final class LogLines extends Handler {

  public final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void publish(LogRecord record) {
    lines.add(record.getMessage());
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // Nothing to close.
  }
}
