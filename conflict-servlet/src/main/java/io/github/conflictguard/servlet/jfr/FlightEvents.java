package io.github.conflictguard.servlet.jfr;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import io.github.conflictguard.servlet.journal.JournalListener;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Commits the entries of the journal as events of Java Flight Recorder: {@code
 * io.github.conflictguard.Conflict}, {@code LostUpdate} and {@code LockWait}. Without a recording
 * it has no effect. Thread-safe.
 */
public final class FlightEvents implements JournalListener {

  private static final Logger LOG = FilterNames.log();
  private static final String PREFIX = "io.github.conflictguard.";

  private final EventType conflict;
  private final EventType lostUpdate;
  private final EventType lockWait;

  private FlightEvents() throws ReflectiveOperationException {
    this.conflict = new EventType(PREFIX + "Conflict", "Conflict");
    this.lostUpdate = new EventType(PREFIX + "LostUpdate", "Lost Update");
    this.lockWait = new EventType(PREFIX + "LockWait", "Lock Wait");
  }

  /** Registers the events; returns null where this JVM has no flight recorder. */
  public static @Nullable FlightEvents register() {
    try {
      return new FlightEvents();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.FINE, "There is no Java Flight Recorder", e);
      return null;
    }
  }

  @Override
  public void recorded(JournalEntry entry) {
    EventType type =
        entry.outcome() == Outcome.LOST
            ? lostUpdate
            : entry.outcome() == Outcome.WAITED ? lockWait : conflict;
    Collision collision = entry.collision();
    try {
      if (!type.isEnabled()) {
        return;
      }
      type.commit(
          entry.instance(),
          entry.kind(),
          entry.outcome().code(),
          entry.status(),
          entry.found(),
          entry.rule(),
          entry.handler(),
          entry.method(),
          entry.path(),
          entry.resourceKey(),
          entry.constraint(),
          collision.actor(),
          collision.other(),
          collision.origin().code(),
          collision.fields().isEmpty() ? null : collision.fields().toString(),
          collision.traceId(),
          collision.baseAge(),
          collision.otherAge(),
          collision.lockWait(),
          collision.wasted());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("An event could not be committed", e);
    }
  }

  @Override
  public void close() {
    conflict.unregister();
    lostUpdate.unregister();
    lockWait.unregister();
  }
}
