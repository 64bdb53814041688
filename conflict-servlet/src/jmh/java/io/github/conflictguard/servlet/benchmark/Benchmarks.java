package io.github.conflictguard.servlet.benchmark;

import io.github.conflictguard.benchmark.Tables;
import java.util.Arrays;
import java.util.List;

/** What the profile {@code benchmark} runs in this module. */
public final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
    boolean quick = options.contains("quick");
    switch (arguments[0]) {
      case "http":
        new HttpBenchmark(options).run();
        break;
      case "rules":
        new Tables("rules").jmh(quick, RuleBenchmark.class).write();
        break;
      case "memory":
        new MemoryBenchmark().run();
        break;
      default:
        System.out.println(
            "Of this module: -Dbenchmark=http, -Dbenchmark=rules and -Dbenchmark=memory");
    }
  }
}
