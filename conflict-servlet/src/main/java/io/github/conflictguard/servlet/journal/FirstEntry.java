package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** Reads when the oldest entry of a journal file was recorded. */
final class FirstEntry {

  private FirstEntry() {}

  /** Returns the time of the first line; when the file was last written if that is unreadable. */
  static Instant timeOf(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      char[] start = new char[EntryJson.LONGEST_LINE + 1];
      int length = 0;
      for (int read = 0; read >= 0 && length < start.length; ) {
        read = lines.read(start, length, start.length - length);
        length += Math.max(0, read);
      }
      String text = new String(start, 0, length);
      int end = text.indexOf('\n');
      Object line = JsonReader.parse(end < 0 ? text : text.substring(0, end));
      Object time = line instanceof Map ? ((Map<?, ?>) line).get("time") : null;
      return Instant.parse(String.valueOf(time));
    } catch (JsonSyntaxException | DateTimeException | IOException | UncheckedIOException e) {
      return Files.getLastModifiedTime(file).toInstant();
    }
  }
}
