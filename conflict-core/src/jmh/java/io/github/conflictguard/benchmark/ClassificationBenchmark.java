package io.github.conflictguard.benchmark;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.guard.ConflictGuard;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.RollbackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.hibernate.exception.ConstraintViolationException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.dao.DataIntegrityViolationException;

/** The way from an exception to its conflict, with what wraps exceptions in real applications. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ClassificationBenchmark {

  private final PSQLException driver = new PSQLException("taken", PSQLState.UNIQUE_VIOLATION);
  private final Throwable fiveDeep =
      new DataIntegrityViolationException(
          "could not execute statement",
          new RollbackException(
              "Error while committing the transaction",
              new PersistenceException(
                  "Converting",
                  new ConstraintViolationException(
                      "could not execute statement", driver, "customers_email_key"))));
  private final Throwable noConflict =
      new IllegalStateException(
          "page",
          new RuntimeException(
              "render",
              new IllegalArgumentException(
                  "model", new UncheckedIOException(new IOException("template")))));

  @Benchmark
  public Conflict fiveDeep() {
    return ConflictGuard.conflictIn(fiveDeep);
  }

  @Benchmark
  public Conflict exceptionOfTheDriver() {
    return ConflictGuard.conflictIn(driver);
  }

  @Benchmark
  public Conflict fiveDeepAndNoConflict() {
    return ConflictGuard.conflictIn(noConflict);
  }
}
