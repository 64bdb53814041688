package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.servlet.config.FilterNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends the entries of the journal to a file, from a thread of its own. While another process
 * owns the file, or it cannot be written, entries wait in a bounded queue, and are dropped when
 * that is full. Thread-safe.
 */
public final class JournalFile implements JournalListener {

  private static final Logger LOG = FilterNames.log();
  private static final long LONGEST_FILE = 10L << 20;
  private static final int FILES = 5;
  private static final int MOST_WAITING = 1024;
  private static final long PATIENCE_MILLIS = 5000;
  private static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path path;
  private final RotatingFile file;
  private final StateFile state;
  private final Supplier<byte[]> toKeep;
  private final Consumer<byte[]> kept;
  private final BlockingQueue<JournalEntry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private volatile boolean closing;
  private boolean reported;
  private boolean restored;

  private JournalFile(
      Path path, RotatingFile file, Supplier<byte[]> toKeep, Consumer<byte[]> kept) {
    this.path = path;
    this.file = file;
    this.state = new StateFile(path);
    this.toKeep = toKeep;
    this.kept = kept;
    this.writer = new Thread(this::run, "conflict-guard-journal");
    writer.setDaemon(true);
  }

  /**
   * Begins to append to a file.
   *
   * @param days after which entries are deleted; 0 for never
   * @param toKeep returns what is written to the {@link StateFile} next to it
   * @param kept receives what was written there before, once, as soon as this process owns the
   *     file: until then another process changes it
   */
  public static JournalFile to(
      Path path, int days, Supplier<byte[]> toKeep, Consumer<byte[]> kept) {
    RotatingFile file =
        new RotatingFile(path, LONGEST_FILE, FILES, Duration.ofDays(days), Instant::now);
    JournalFile journal = new JournalFile(path, file, toKeep, kept);
    journal.writer.start();
    return journal;
  }

  @Override
  public void recorded(JournalEntry entry) {
    if (closing || !waiting.offer(entry)) {
      dropped.increment();
    }
  }

  /** Returns how many entries were not written. */
  public long dropped() {
    return dropped.sum();
  }

  private void run() {
    JournalEntry next = null;
    keepUp();
    long lastUpkeep = System.nanoTime();
    try {
      while (!closing || next != null || !waiting.isEmpty()) {
        next = next == null ? waiting.poll(200, TimeUnit.MILLISECONDS) : next;
        if (next != null) {
          next = write(next) ? null : next;
        }
        if (System.nanoTime() - lastUpkeep > UPKEEP_NANOS) {
          keepUp();
          lastUpkeep = System.nanoTime();
        }
        if (next != null) {
          if (closing) {
            break;
          }
          // Another process owns the file, or the disk is full: tried again.
          TimeUnit.SECONDS.sleep(1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      dropped.add(waiting.size() + (next == null ? 0 : 1));
      if (file.isOwned()) {
        keepUp();
      }
      closeFile();
    }
  }

  /** Makes this process the owner of the file, and restores the state before it is written. */
  private boolean acquire() throws IOException {
    boolean owned = file.acquire();
    if (owned && !restored) {
      restored = true;
      byte[] before = StateFile.read(path);
      if (before != null) {
        kept.accept(before);
      }
    }
    return owned;
  }

  /** Writes an entry, if there is one. Returns whether nothing is left to be written. */
  private boolean write(@Nullable JournalEntry entry) {
    if (entry == null) {
      return true;
    }
    try {
      if (acquire()) {
        file.append(EntryJson.line(entry));
        reported = false;
        return true;
      }
      report("another process or application writes to it", null);
    } catch (IOException | RuntimeException e) {
      report(String.valueOf(e.getMessage()), e);
      closeFile();
    }
    return false;
  }

  /** Deletes what is too old, and writes the state, if this process owns the file. */
  private void keepUp() {
    try {
      if (acquire()) {
        file.expire();
        state.write(toKeep.get());
      }
    } catch (IOException | RuntimeException e) {
      report(String.valueOf(e.getMessage()), e);
    }
  }

  private void report(String why, @Nullable Throwable thrown) {
    if (!reported) {
      reported = true;
      LOG.log(Level.WARNING, "The journal " + path + " is not written for now: " + why, thrown);
    }
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "The journal could not be closed", e);
    }
  }

  /** Writes what is waiting and ends the thread. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
  }
}
