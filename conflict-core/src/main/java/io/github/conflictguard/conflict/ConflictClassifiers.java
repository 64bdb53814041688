package io.github.conflictguard.conflict;

import java.util.Arrays;

/** The classifiers that come with the toolkit. */
public final class ConflictClassifiers {

  private static final ConflictClassifier STANDARD =
      new EvidenceClassifier(
          Arrays.asList(
              new StatedEvidence(),
              new SqlEvidence(
                  Arrays.asList(
                      new PostgreSqlDialect(),
                      new MySqlDialect(),
                      new OracleDialect(),
                      new SqlServerDialect(),
                      new SybaseDialect(),
                      new Db2Dialect(),
                      new H2Dialect(),
                      new HsqldbDialect(),
                      new DerbyDialect(),
                      new SqliteDialect(),
                      new InformixDialect(),
                      new FirebirdDialect(),
                      new HanaDialect())),
              new ClassEvidence()));

  private ConflictClassifiers() {}

  /**
   * Classifies by what the database driver reports, and by the names of well-known exception
   * classes where no driver has spoken.
   *
   * <p>In this order:
   *
   * <ol>
   *   <li>An {@link Error} is no conflict, whatever it wraps.
   *   <li>The throwable, its causes, and what else it leads to are looked through, up to a limit.
   *   <li>The outermost {@link ClassifiedConflict} decides: it knows its kind.
   *   <li>Else the outermost SQL exception that a known driver made, with a code of known meaning,
   *       decides. It does so against whatever wraps it, in both directions: a NOT NULL violation
   *       is no conflict even inside an exception whose class says "duplicate". Known are the
   *       drivers of PostgreSQL (also for CockroachDB and YugabyteDB), MySQL, MariaDB, Oracle, SQL
   *       Server, Sybase ASE, Db2, H2, HSQLDB, Derby, SQLite, Informix, Firebird and SAP HANA: by
   *       the packages of their exceptions, of the code that made them, and by codes that only one
   *       of them has.
   *   <li>Else the outermost SQL exception of an unknown driver decides, if its SQLState means the
   *       same everywhere.
   *   <li>Else the innermost exception of a known class decides: JPA ({@code javax} and {@code
   *       jakarta}), Hibernate, Spring's data access, and everything derived from those. Classes
   *       are known by name, so that it does not matter which class loader they come from.
   *   <li>Else it is no conflict. {@link IllegalStateException} and its like never are one.
   * </ol>
   *
   * <p>Messages of drivers are read where codes alone leave open which side of a reference is
   * broken, and for the name of a constraint; they are not kept. An exception whose methods fail is
   * treated as one that says nothing.
   */
  public static ConflictClassifier standard() {
    return STANDARD;
  }
}
