package io.github.conflictguard.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Tables in Markdown, printed and written to a file in the build's folder. */
public final class Tables {

  private final Path file;
  private final List<String> lines = new ArrayList<>();

  /** Begins the file {@code benchmark-NAME.md}. */
  public Tables(String name) {
    this.file =
        Path.of(System.getProperty("benchmark.folder", "target"), "benchmark-" + name + ".md");
    say("# " + name);
    say("");
    say(
        "Java "
            + System.getProperty("java.runtime.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors, "
            + java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MINUTES));
  }

  /** Begins a table. */
  public Tables columns(String title, String... names) {
    say("");
    say("## " + title);
    say("");
    row((Object[]) names);
    row((Object[]) "---,".repeat(names.length).split(","));
    return this;
  }

  /** Adds a row; numbers get as many digits as they deserve. */
  public Tables row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell instanceof Double ? number((Double) cell) : cell).append(" |");
    }
    say(row.toString());
    return this;
  }

  /** Writes the file as far as it has come. */
  public void write() {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be written", e);
    }
  }

  /** Runs JMH with the gc profiler, and makes a table for each of its classes. */
  public Tables jmh(boolean quick, Class<?>... benchmarks) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .addProfiler("gc")
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
            .measurementIterations(quick ? 2 : 5)
            .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
            .shouldFailOnError(true);
    for (Class<?> each : benchmarks) {
      options.include(each.getName().replace(".", "\\.") + "\\.");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    Map<String, List<RunResult>> byClass = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      String type = name.substring(0, name.lastIndexOf('.'));
      byClass
          .computeIfAbsent(type.substring(type.lastIndexOf('.') + 1), t -> new ArrayList<>())
          .add(result);
    }
    byClass.forEach(this::table);
    return this;
  }

  private void table(String type, List<RunResult> results) {
    columns(type, "what", "threads", "ns/call", "error", "B/call");
    for (RunResult result : results) {
      StringBuilder name = new StringBuilder(result.getPrimaryResult().getLabel());
      for (String key : result.getParams().getParamsKeys()) {
        name.append(' ').append(result.getParams().getParam(key));
      }
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      row(
          name,
          result.getParams().getThreads(),
          result.getPrimaryResult().getScore(),
          result.getPrimaryResult().getScoreError(),
          bytes == null ? "" : bytes.getScore());
    }
  }

  private void say(String line) {
    System.out.println(line);
    lines.add(line);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value);
  }
}
