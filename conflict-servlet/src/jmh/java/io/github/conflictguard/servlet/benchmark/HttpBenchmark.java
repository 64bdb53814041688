package io.github.conflictguard.servlet.benchmark;

import io.github.conflictguard.benchmark.Tables;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Throughput over loopback, from this JVM to a server in another one. In every round each case of a
 * group runs once, and is compared with the first one of the same round; what is told is the median
 * of these ratios. Beside it stands what the server needed for each request, which does not depend
 * so much on what else the machine does.
 *
 * <p>Options: {@code quick}; {@code groups=read,write,...}; {@code rounds=15}; {@code millis=1500}.
 */
final class HttpBenchmark {

  private static final List<String> GROUPS =
      List.of(
          "read",
          "page",
          "observe",
          "not-modified",
          "write",
          "stored",
          "monitor",
          "connections",
          "resources");
  private static final int[] SIZES = {2048, 65_536, 1_048_576};
  private static final int[] SIZES_OBSERVED = {1024, 65_536, 1_048_576};

  private final List<String> groups;
  private final int rounds;
  private final long nanos;
  private final Tables tables = new Tables("http");
  private int port;

  HttpBenchmark(List<String> options) {
    boolean quick = options.contains("quick");
    this.groups = List.of(option(options, "groups", String.join(",", GROUPS)).split(",", -1));
    this.rounds = Integer.parseInt(option(options, "rounds", quick ? "1" : "15"));
    this.nanos = Long.parseLong(option(options, "millis", quick ? "300" : "1500")) * 1_000_000;
    if (!GROUPS.containsAll(groups)) {
      throw new IllegalArgumentException(groups + " are no groups; accepted are " + GROUPS);
    }
  }

  void run() throws Exception {
    Process server = start();
    try (BufferedReader out = server.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.startsWith("port: ")) {
        System.out.println(line);
        line = out.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("The server has not started");
      }
      port = Integer.parseInt(line.substring("port: ".length()));
      for (String group : groups) {
        measure(group);
        tables.write();
      }
    } finally {
      server.getOutputStream().close();
      server.waitFor();
    }
  }

  private void measure(String group) throws IOException {
    boolean bySize = List.of("read", "page", "not-modified").contains(group);
    int[] own = group.equals("observe") ? SIZES_OBSERVED : new int[] {2048};
    for (int size : bySize ? SIZES : own) {
      switch (group) {
        case "observe":
          for (String kind : List.of("json", "page", "bytes", "fresh", "list")) {
            measure("Mode observe, GET, " + kind + ", " + size + " bytes", observed(kind, size));
          }
          break;
        case "read":
          measure("GET, " + size + " bytes, 200", reads(size));
          break;
        case "page":
          measure("A page, GET, " + size + " bytes, which gets no tag", pages(size));
          break;
        case "not-modified":
          measure("GET, " + size + " bytes, 304 (the first one 200)", notModified(size));
          break;
        case "write":
          measure("PUT", writes());
          break;
        case "stored":
          measure("PUT, which the application stores in the database", stored());
          break;
        case "monitor":
          measure("Monitor on against off, GET, 2048 bytes", monitored(UnaryOperator.identity()));
          measure(
              "Monitor on against off, PUT whose precondition holds",
              monitored(shot -> shot.put().header("If-None-Match: \"another\"")));
          measure(
              "Monitor on against off, PUT that is refused",
              monitored(shot -> shot.put().header("If-Match: \"another\"").status(412)));
          break;
        case "connections":
          for (int connections : new int[] {1, 16, 256}) {
            measure(
                "GET, 2048 bytes, " + connections + " connections",
                Stream.of("none", "body", "counter", "spring")
                    .map(name -> json(name, 2048).connections(connections))
                    .collect(Collectors.toList()));
          }
          break;
        default:
          measure("Reads and writes of many resources, behind a counter", manyResources());
      }
    }
  }

  private static List<Shot> reads(int size) {
    return List.of(
        json("none", size),
        json("header", size),
        json("body", size),
        Shot.get("body, one resource", "/body/json/" + size + "/").resources(1),
        json("forgetful", size),
        json("counter", size),
        json("query", size),
        json("observe", size),
        json("spring", size));
  }

  private static List<Shot> pages(int size) {
    return List.of(
        Shot.get("none", "/none/html/" + size + "/"),
        Shot.get("no rules", "/body/html/" + size + "/"),
        Shot.get("100 rules, none fits", "/unmatched/html/" + size + "/"),
        Shot.get("observe", "/observe/html/" + size + "/"),
        Shot.get("spring", "/spring/html/" + size + "/"));
  }

  private static List<Shot> observed(String kind, int size) {
    return Stream.of("none", "observe", "observe-rules", "protect-rules")
        .map(name -> Shot.get(name, "/" + name + "/" + kind + "/" + size + "/"))
        .collect(Collectors.toList());
  }

  private List<Shot> notModified(int size) throws IOException {
    List<Shot> shots = new ArrayList<>();
    shots.add(json("none", size).resources(1));
    for (String name :
        List.of("header", "body", "forgetful", "counter", "early", "query", "spring")) {
      Shot shot = json(name, size).resources(1);
      String tag;
      try (Client client = new Client(port, 1)) {
        tag = client.ask(shot, "ETag");
      }
      shots.add(shot.header("If-None-Match: " + tag).status(304));
    }
    return shots;
  }

  /** With a tag that no state has, so that each precondition has to be judged, and holds. */
  private static List<Shot> writes() {
    List<Shot> shots = new ArrayList<>();
    shots.add(json("none", 2048).put());
    for (String name : List.of("body", "counter", "query")) {
      shots.add(Shot.get(name + ", unconditional", "/" + name + "/json/2048/").put());
      shots.add(json(name, 2048).put().header("If-None-Match: \"another\""));
    }
    shots.add(
        Shot.get("counter, remembered for a repetition", "/counter/json/2048/")
            .put()
            .header("Authorization: Basic YTpi\r\nIf-None-Match: \"another\""));
    shots.add(Shot.get("a GET without filter", "/none/json/2048/"));
    return shots;
  }

  private static List<Shot> stored() {
    return List.of(
        json("stored", 2048).put(),
        json("stored-query", 2048).put().header("If-None-Match: \"another\""));
  }

  /** Behind a counter, where the filter itself costs least. */
  private static List<Shot> monitored(UnaryOperator<Shot> request) {
    return List.of(
        request.apply(Shot.get("off", "/counter/json/2048/")),
        request.apply(Shot.get("on", "/monitor/json/2048/")));
  }

  private static List<Shot> manyResources() {
    List<Shot> shots = new ArrayList<>();
    for (int resources : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
      Shot shot = Shot.get("GET, " + resources, "/counter/json/2048/").resources(resources);
      shots.add(shot);
    }
    for (int resources : new int[] {1_000, 1_000_000}) {
      Shot shot = Shot.get("PUT, " + resources, "/counter/json/2048/").resources(resources);
      shots.add(shot.put().header("If-None-Match: \"another\""));
    }
    return shots;
  }

  private static Shot json(String name, int size) {
    return Shot.get(name, "/" + name + "/json/" + size + "/");
  }

  private void measure(String title, List<Shot> shots) throws IOException {
    List<List<Round>> results = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      run(shots.get(i)); // Not counted: the JVMs learn what is going to happen.
      results.add(new ArrayList<>());
      order.add(i);
    }
    for (int round = 0; round < rounds; round++) {
      // What a case leaves behind, garbage above all, must not always fall to the same other one.
      Collections.shuffle(order, new Random(round));
      for (int i : order) {
        results.get(i).add(run(shots.get(i)));
      }
    }
    tables.columns(
        title,
        "case",
        "requests/s",
        "ratio",
        "worst",
        "best",
        "server CPU, microseconds/request",
        "server bytes/request");
    for (int i = 0; i < shots.size(); i++) {
      List<Round> own = results.get(i);
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = own.get(round).perSecond / results.get(0).get(round).perSecond;
      }
      Arrays.sort(ratios);
      tables.row(
          shots.get(i).name,
          median(own.stream().mapToDouble(each -> each.perSecond).toArray()),
          ratios[rounds / 2],
          ratios[0],
          ratios[rounds - 1],
          median(own.stream().mapToDouble(each -> each.cpuMicros).toArray()),
          median(own.stream().mapToDouble(each -> each.bytes).toArray()));
    }
  }

  private Round run(Shot shot) throws IOException {
    try (Client client = new Client(port, shot.connections)) {
      long[] before = costs(client);
      long start = System.nanoTime();
      long answers = client.run(shot, nanos);
      double seconds = (System.nanoTime() - start) / 1e9;
      long[] after = costs(client);
      return new Round(
          answers / seconds,
          (after[0] - before[0]) / 1e3 / answers,
          (double) (after[1] - before[1]) / answers);
    }
  }

  private static long[] costs(Client client) throws IOException {
    String costs = client.ask(Shot.get("costs", "/none/costs"), "X-Costs");
    return Arrays.stream(costs.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Jetty ee10 wants Servlet 6.0; this module is compiled on 5.0. */
  private static Process start() throws IOException {
    Path newer = Path.of(System.getProperty("benchmark.folder"), "benchmark-server");
    List<String> classPath = new ArrayList<>();
    try (Stream<Path> files = Files.list(newer)) {
      files.map(Path::toString).forEach(classPath::add);
    }
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!each.contains("servlet-api")
          && !each.contains("ee9")
          && !each.contains("tomcat-embed")) {
        classPath.add(each);
      }
    }
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xms512m",
            "-Xmx512m",
            "-cp",
            String.join(File.pathSeparator, classPath),
            BenchmarkServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String option(List<String> options, String name, String otherwise) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }

  /** What one case did in one round. */
  private static final class Round {

    final double perSecond;
    final double cpuMicros;
    final double bytes;

    Round(double perSecond, double cpuMicros, double bytes) {
      this.perSecond = perSecond;
      this.cpuMicros = cpuMicros;
      this.bytes = bytes;
    }
  }
}
