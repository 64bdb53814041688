package io.github.conflictguard.servlet.growth;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * Measures how the time for an input grows with its size, and keeps a table of it. What takes
 * quadratic time needs hours for the sizes that are used here, and is stopped before.
 */
public final class Growth {

  private static final Path TABLE = Path.of("target", "growth.md");
  private static final Map<String, String> ROWS = new TreeMap<>();
  private static final int ATTEMPTS = 3;

  /** Of this thread alone: other processes do not count, and pauses of the collector neither. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  /** Four times the input takes four times as long, and a busy machine may double that. */
  private static final double MOST = 8;

  /** What is shorter is noise: for the sizes here, quadratic code takes longer by far. */
  private static final double MEASURABLE_MILLIS = 1500;

  private Growth() {}

  /**
   * Fails unless the time is about proportional to the size.
   *
   * @param name of the row in the table
   * @param size the smallest of three sizes; the others are two and four times as large
   * @param input makes the input of a size
   * @param read reads it, and returns anything that depends on the result
   */
  public static <T> void assertLinear(
      String name, int size, IntFunction<T> input, ToLongFunction<T> read) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          read.applyAsLong(input.apply(size / 10));
          double[] millis = new double[3];
          for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (int i = 0; i < 3; i++) {
              millis[i] = time(input.apply(size << i), read);
            }
            boolean slow = millis[2] > MEASURABLE_MILLIS && millis[2] > MOST * millis[0];
            if (!slow) {
              write(name, size, millis);
              return;
            }
          }
          fail(name + ", " + size + ": " + Arrays.toString(millis) + " ms for n, 2n, 4n");
        },
        name);
  }

  private static <T> double time(T input, ToLongFunction<T> read) {
    long start = CPU.getCurrentThreadCpuTime();
    if (read.applyAsLong(input) == Long.MIN_VALUE) {
      throw new AssertionError("The result is used, so that the work is done");
    }
    return (CPU.getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static synchronized void write(String name, int size, double[] millis) {
    ROWS.put(
        name,
        "| %s | %d | %.1f | %.1f | %.1f |%n"
            .formatted(name, size, millis[0], millis[1], millis[2]));
    StringBuilder table =
        new StringBuilder("| input | n | n, ms | 2n, ms | 4n, ms |\n|---|---|---|---|---|\n");
    ROWS.values().forEach(table::append);
    try {
      Files.writeString(TABLE, table.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
