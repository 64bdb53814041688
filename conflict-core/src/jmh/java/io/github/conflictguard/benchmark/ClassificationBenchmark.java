package io.github.conflictguard.benchmark;

import com.mysql.cj.jdbc.exceptions.SQLError;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.guard.ConflictGuard;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.RollbackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
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
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataIntegrityViolationException;

/** The way from an exception to its conflict, with what wraps exceptions in real applications. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ClassificationBenchmark {

  private final PSQLException driver = new PSQLException("taken", PSQLState.UNIQUE_VIOLATION);
  private final Throwable fiveDeep = wrapped(driver);
  private final Throwable ofTheServer =
      wrapped(
          new PSQLException(
              new ServerErrorMessage(
                  "SERROR\0C23505\0Mduplicate key value violates unique constraint"
                      + " \"customers_email_key\"\0ncustomers_email_key\0\0")));
  private final Throwable ofMySql =
      wrapped(
          SQLError.createSQLException(
              "Duplicate entry 'somebody@example.org' for key 'customers.customers_email_key'",
              "23000",
              1062,
              null));
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

  /** The constraint is named as PostgreSQL's driver has it from the server. */
  @Benchmark
  public Conflict fiveDeepNamedByTheServer() {
    return ConflictGuard.conflictIn(ofTheServer);
  }

  /**
   * Of a class of the JDK, so that the driver is known by the stack trace; named in the message.
   */
  @Benchmark
  public Conflict fiveDeepNamedInTheMessage() {
    return ConflictGuard.conflictIn(ofMySql);
  }

  @Benchmark
  public Conflict exceptionOfTheDriver() {
    return ConflictGuard.conflictIn(driver);
  }

  @Benchmark
  public Conflict fiveDeepAndNoConflict() {
    return ConflictGuard.conflictIn(noConflict);
  }

  private static Throwable wrapped(SQLException driver) {
    return new DataIntegrityViolationException(
        "could not execute statement",
        new RollbackException(
            "Error while committing the transaction",
            new PersistenceException(
                "Converting",
                new ConstraintViolationException(
                    "could not execute statement", driver, "customers_email_key"))));
  }
}
