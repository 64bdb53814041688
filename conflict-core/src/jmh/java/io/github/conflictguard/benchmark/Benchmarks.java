package io.github.conflictguard.benchmark;

import java.util.Arrays;

/** What the profile {@code benchmark} runs in this module. */
public final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    boolean quick = Arrays.asList(arguments).contains("quick");
    switch (arguments[0]) {
      case "core":
        new Tables("core")
            .jmh(
                quick,
                GuardedCallBenchmark.class,
                ClassificationBenchmark.class,
                PreconditionBenchmark.class,
                ResourceBenchmark.class,
                ClassLookBenchmark.class)
            .write();
        break;
      case "class-loading":
        new ClassLoadingBenchmark(quick).run();
        break;
      default:
        System.out.println("Of this module: -Dbenchmark=core and -Dbenchmark=class-loading");
    }
  }
}
