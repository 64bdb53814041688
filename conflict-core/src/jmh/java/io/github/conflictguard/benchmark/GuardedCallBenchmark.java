package io.github.conflictguard.benchmark;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A call that returns, through guards of several sorts. Each state exists in a JVM of its own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedCallBenchmark {

  @Benchmark
  public long a_direct(Direct state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long b_woven(Woven state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long b_wovenRetrying(WovenRetrying state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long b_wovenRecovering(WovenRecovering state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long c_aspectJAfterThrowing(AspectJAfter state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long d_aspectJAround(AspectJAround state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long e_jdkProxy(JdkProxy state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long f_springOfClass(SpringOfClass state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  @Benchmark
  public long g_springOfInterface(SpringOfInterface state) throws SQLException {
    return state.handler.handle(state.value++);
  }

  /** A handler, and what it is given. */
  public abstract static class Called {

    Handler handler;
    long value;

    @Setup
    public void begin() throws Exception {
      handler = make();
    }

    abstract Handler make() throws Exception;
  }

  @State(Scope.Thread)
  public static class Direct extends Called {
    @Override
    Handler make() {
      return new PlainHandler();
    }
  }

  @State(Scope.Thread)
  public static class Woven extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.woven();
    }
  }

  @State(Scope.Thread)
  public static class WovenRetrying extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.retrying();
    }
  }

  @State(Scope.Thread)
  public static class WovenRecovering extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.recovering();
    }
  }

  @State(Scope.Thread)
  public static class AspectJAfter extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.aspectJ(AfterHandler.class);
    }
  }

  @State(Scope.Thread)
  public static class AspectJAround extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.aspectJ(AroundHandler.class);
    }
  }

  @State(Scope.Thread)
  public static class JdkProxy extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.jdkProxy();
    }
  }

  @State(Scope.Thread)
  public static class SpringOfClass extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.spring(true);
    }
  }

  @State(Scope.Thread)
  public static class SpringOfInterface extends Called {
    @Override
    Handler make() throws Exception {
      return WovenHandlers.spring(false);
    }
  }
}
