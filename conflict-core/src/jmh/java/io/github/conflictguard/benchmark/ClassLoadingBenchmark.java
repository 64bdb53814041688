package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictGuarded;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;

/**
 * Ten thousand classes, five of them guarded, loaded in JVMs of their own: without an agent, with
 * ours, and with one of ten lines. Every round begins each of them once.
 */
final class ClassLoadingBenchmark {

  private static final int GUARDED = 5;

  private final int classes;
  private final int rounds;
  private final Map<String, List<String>> ways = new LinkedHashMap<>();
  private final Map<String, List<Double>> loading = new LinkedHashMap<>();
  private final Map<String, List<Double>> whole = new LinkedHashMap<>();
  private final Path folder = Files.createTempDirectory("class-loading");

  ClassLoadingBenchmark(boolean quick) throws IOException {
    this.classes = quick ? 1_000 : 10_000;
    this.rounds = quick ? 2 : 15;
  }

  void run() throws Exception {
    Path jar = folder.resolve("many.jar");
    SyntheticClasses.write(jar, classes, GUARDED);
    Path agent = agent();
    ways.put("no agent", List.of());
    ways.put("agent", List.of("-javaagent:" + agent));
    ways.put("agent, recorder=false", List.of("-javaagent:" + agent + "=recorder=false"));
    ways.put("agent, supertypes=false", List.of("-javaagent:" + agent + "=supertypes=false"));
    ways.put("AgentBuilder", List.of("-javaagent:" + naiveAgent()));
    String classPath =
        String.join(
            File.pathSeparator,
            List.of(
                jar.toString(),
                folderOf(LoadingProgram.class).toString(),
                folderOf(ConflictGuarded.class).toString()));
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        measure(way.getKey(), way.getValue(), classPath);
      }
    }
    Tables tables = new Tables("class-loading");
    table(tables, "Loading " + classes + " classes", loading);
    table(tables, "The whole JVM", whole);
    tables.write();
  }

  private void table(Tables tables, String title, Map<String, List<Double>> times) {
    tables.columns(title, "way", "ms", "ratio", "microseconds more for each class");
    for (String way : ways.keySet()) {
      List<Double> own = times.get(way);
      List<Double> base = times.get("no agent");
      tables.row(
          way,
          median(own) / 1e6,
          median(ratios(own, base)),
          median(differences(own, base)) / 1e3 / classes);
    }
  }

  private void measure(String way, List<String> options, String classPath) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xshare:auto", "-Xmx512m", "-cp", classPath));
    command.addAll(options);
    command.addAll(List.of(LoadingProgram.class.getName(), String.valueOf(classes)));
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said;
    try (BufferedReader out = process.inputReader()) {
      said = out.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(way + ": " + said);
    }
    double nanos = System.nanoTime() - start;
    whole.computeIfAbsent(way, w -> new ArrayList<>()).add(nanos);
    String last =
        said.stream().filter(line -> line.startsWith("nanos: ")).findFirst().orElseThrow();
    loading
        .computeIfAbsent(way, w -> new ArrayList<>())
        .add(Double.valueOf(last.substring("nanos: ".length())));
  }

  private static Path agent() throws IOException {
    Path target = Path.of(System.getProperty("benchmark.folder"));
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-agent.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No agent in " + target));
    }
  }

  private Path naiveAgent() throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", NaiveAgent.class.getName());
    main.putValue("Can-Retransform-Classes", "true");
    main.putValue(
        "Class-Path",
        String.join(
            " ",
            folderOf(NaiveAgent.class).toUri().toString(),
            folderOf(ByteBuddy.class).toUri().toString(),
            folderOf(ConflictGuarded.class).toUri().toString()));
    Path jar = folder.resolve("naive.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private static List<Double> ratios(List<Double> some, List<Double> base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      ratios.add(some.get(i) / base.get(i));
    }
    return ratios;
  }

  private static List<Double> differences(List<Double> some, List<Double> base) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      differences.add(some.get(i) - base.get(i));
    }
    return differences;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Path folderOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
