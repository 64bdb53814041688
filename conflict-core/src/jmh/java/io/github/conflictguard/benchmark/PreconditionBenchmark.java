package io.github.conflictguard.benchmark;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Conditional headers: what it takes to read them, and to hold them against a state. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class PreconditionBenchmark {

  private static final String TAG = "\"0123456789abcdef0123456789abcdef\"";

  private final Map<String, List<String>> none = Map.of();
  private final Map<String, List<String>> oneTag = Map.of("If-Match", List.of(TAG));
  private final Map<String, List<String>> tenTags =
      Map.of(
          "If-None-Match",
          List.of(
              IntStream.range(0, 10)
                  .mapToObj(i -> "\"" + i + "123456789abcdef0123456789abcdef\"")
                  .collect(Collectors.joining(", "))));
  private final Map<String, List<String>> date =
      Map.of("If-Unmodified-Since", List.of("Sat, 21 Nov 2026 09:45:33 GMT"));
  private final Instant now = Instant.now();
  private final ChangedTags unchanged = ChangedTags.none();
  private final SelectedRepresentation current =
      SelectedRepresentation.present(EntityTag.strong(TAG.replace("\"", "")), now);
  private final ConditionalHeaders read = headers(oneTag);

  @Benchmark
  public ConditionalHeaders withoutHeaders() {
    return headers(none);
  }

  @Benchmark
  public ConditionalHeaders withOneTag() {
    return headers(oneTag);
  }

  @Benchmark
  public ConditionalHeaders withTenTags() {
    return headers(tenTags);
  }

  @Benchmark
  public ConditionalHeaders withDate() {
    return headers(date);
  }

  @Benchmark
  public PreconditionDecision evaluation() {
    return PreconditionEvaluator.evaluate("PUT", read, current, true);
  }

  private ConditionalHeaders headers(Map<String, List<String>> lines) {
    return ConditionalHeaders.read(
        name -> lines.getOrDefault(name, Collections.emptyList()), now, unchanged);
  }
}
