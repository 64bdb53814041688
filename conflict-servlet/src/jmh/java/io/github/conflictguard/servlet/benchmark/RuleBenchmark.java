package io.github.conflictguard.servlet.benchmark;

import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rule.RuleFile;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The search for the rule of a request: the last one of many, or none. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class RuleBenchmark {

  private static final HttpServletRequest NOTHING =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              RuleBenchmark.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> null);

  @Param({"1", "10", "1000"})
  public int rules;

  private Rules all;
  private HttpServletRequest ofLast;
  private HttpServletRequest ofNone;
  private HttpServletRequest almost;

  @Setup
  public void begin() throws Exception {
    all = rules(rules);
    ofLast = request("GET", "/api/sort" + (rules - 1) + "/4711");
    ofNone = request("GET", "/pages/start.jsp");
    almost = request("GET", "/api/sort" + (rules - 1) + "/4711/lines");
  }

  static Rules rules(int count) throws Exception {
    String list =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{'name': 'r%d', 'read': '/api/sort%d/{id:number}',"
                        .concat(" 'write': 'PUT|DELETE /api/sort%d/{id:number}',")
                        .concat(" 'key': 'sort%d/{id}', 'tag': 'counter'}")
                        .replace("%d", String.valueOf(i)))
            .collect(Collectors.joining(", ", "{'rules': [", "]}"))
            .replace('\'', '"');
    return RuleFile.read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)));
  }

  @Benchmark
  public RuleMatch lastOne() throws IOException {
    return all.targetOf(new RequestView(ofLast));
  }

  @Benchmark
  public RuleMatch noneFits() throws IOException {
    return all.targetOf(new RequestView(ofNone));
  }

  @Benchmark
  public RuleMatch noneFitsAfterALook() throws IOException {
    return all.targetOf(new RequestView(almost));
  }

  private static HttpServletRequest request(String method, String path) {
    return new HttpServletRequestWrapper(NOTHING) {
      @Override
      public String getMethod() {
        return method;
      }

      @Override
      public String getServletPath() {
        return path;
      }

      @Override
      public String getPathInfo() {
        return null;
      }
    };
  }
}
