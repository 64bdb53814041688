package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.servlet.config.FilterNames;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A small file next to that of the journal, {@code name.state}, which is replaced as a whole. Only
 * the owner of the journal file writes it. Not thread-safe.
 */
final class StateFile {

  private static final Logger LOG = FilterNames.log();
  private static final long LONGEST = 1L << 20;

  private final Path path;
  private byte[] written = new byte[0];

  StateFile(Path journal) {
    this.path = pathOf(journal);
  }

  private static Path pathOf(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".state");
  }

  /** Returns the state next to a journal file; null if there is none, or it cannot be read. */
  static byte @Nullable [] read(Path journal) {
    Path path = pathOf(journal);
    try {
      return Files.exists(path) && Files.size(path) <= LONGEST ? Files.readAllBytes(path) : null;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The state next to the journal cannot be read: " + path, e);
      return null;
    }
  }

  /** Replaces the state, if it has changed. */
  void write(byte[] state) throws IOException {
    if (state.length > LONGEST || Arrays.equals(state, written)) {
      return;
    }
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.write(
        Files.createFile(next, RotatingFile.ownerOnly(next)), state, StandardOpenOption.WRITE);
    try {
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
    }
    written = state;
  }
}
