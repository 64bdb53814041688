package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Evidence;
import io.github.conflictguard.classify.sql.Db2Dialect;
import io.github.conflictguard.classify.sql.DerbyDialect;
import io.github.conflictguard.classify.sql.DriverTraces;
import io.github.conflictguard.classify.sql.FirebirdDialect;
import io.github.conflictguard.classify.sql.H2Dialect;
import io.github.conflictguard.classify.sql.HanaDialect;
import io.github.conflictguard.classify.sql.HsqldbDialect;
import io.github.conflictguard.classify.sql.InformixDialect;
import io.github.conflictguard.classify.sql.MySqlDialect;
import io.github.conflictguard.classify.sql.OracleDialect;
import io.github.conflictguard.classify.sql.PostgreSqlDialect;
import io.github.conflictguard.classify.sql.SqlEvidence;
import io.github.conflictguard.classify.sql.SqlServerDialect;
import io.github.conflictguard.classify.sql.SqliteDialect;
import io.github.conflictguard.classify.sql.SybaseDialect;
import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;

/** The classifiers that come with the toolkit. */
public final class ConflictClassifiers {

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
   *       jakarta}), Hibernate and other mappers, Spring's data access, EJB, JCR, JNDI and LDAP,
   *       the drivers of MongoDB and other stores, files, and everything derived from those.
   *       Classes are known by name, so that it does not matter which class loader they come from.
   *       It does not count where it wraps, or is wrapped by, an SQL exception of a known driver: a
   *       code that none of the tables has is no conflict, whatever a translator makes of it. And a
   *       version check is never believed that has any SQL exception as its cause.
   *   <li>Else it is no conflict. {@link IllegalStateException} and its like never are one.
   * </ol>
   *
   * <p>Messages of drivers are read where codes alone leave open which side of a reference is
   * broken, and for the name of a constraint; they are not kept. An exception whose methods fail is
   * treated as one that says nothing.
   */
  public static ConflictClassifier standard() {
    return Known.STANDARD;
  }

  /**
   * Classifies like {@link #standard()}, and asks the application's own classifiers as well: after
   * what exceptions state themselves, before any driver. What they return null for goes on to the
   * standard evidence.
   *
   * <p>They are services: classes named in {@code
   * META-INF/services/io.github.conflictguard.conflict.ConflictClassifier}, found at the first
   * exception by the context class loader of the thread that asks. They have no state, since they
   * are made anew when the garbage collector has taken them. One that cannot be made is logged and
   * left out; one that throws is taken to have said nothing.
   */
  public static ConflictClassifier ofApplication() {
    return Known.OF_APPLICATION;
  }

  /**
   * A rule for exceptions of one's own: this kind if the throwable or anything that it leads to is
   * of this class, or derived from it.
   *
   * @param exceptionClass the full name of a class or interface
   * @throws IllegalArgumentException if the name is blank
   */
  public static ConflictClassifier rule(String exceptionClass, ConflictKind kind) {
    return new ExceptionRule(exceptionClass, null, kind);
  }

  /**
   * A rule like {@link #rule(String, ConflictKind)} that also wants the pattern to be found in the
   * message of the same throwable: {@code rule("java.sql.SQLException",
   * Pattern.compile("^ORA-20017: "), BUSINESS_RULE)}. Let it begin with {@code ^}: what users typed
   * is often repeated further on in a message. No more than the first 4096 characters are looked
   * at.
   */
  public static ConflictClassifier rule(String exceptionClass, Pattern message, ConflictKind kind) {
    return new ExceptionRule(exceptionClass, message, kind);
  }

  /**
   * A rule for exceptions that are no conflict, whatever the driver reports: it {@linkplain
   * ConflictClassifier#excludes excludes} a throwable that is, or leads to, one of this class.
   *
   * @param exceptionClass the full name of a class or interface
   * @throws IllegalArgumentException if the name is blank
   */
  public static ConflictClassifier noConflict(String exceptionClass) {
    return new ExceptionRule(exceptionClass, null, null);
  }

  /**
   * A rule like {@link #noConflict(String)} that also requires the pattern to be found in the
   * message, as in {@link #rule(String, Pattern, ConflictKind)}.
   */
  public static ConflictClassifier noConflict(String exceptionClass, Pattern message) {
    return new ExceptionRule(exceptionClass, message, null);
  }

  /**
   * The names of the exception classes that {@link #standard()} knows the meaning of, those that it
   * knows to be no conflict included. Unmodifiable.
   */
  public static Set<String> knownExceptions() {
    return KnownClasses.names();
  }

  /**
   * Asks these classifiers in this order; the first that finds a conflict, or excludes one,
   * decides.
   */
  public static ConflictClassifier firstOf(ConflictClassifier... classifiers) {
    return new CompositeClassifier(
        Collections.unmodifiableList(new ArrayList<>(Arrays.asList(classifiers))));
  }

  /** Made when the first classifier is asked for, which the agent never does. */
  private static final class Known {

    private static final Evidence STATED = new StatedEvidence();

    private static final DriverTraces DRIVERS =
        new DriverTraces(
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
                new HanaDialect()));

    private static final Evidence SQL = new SqlEvidence(DRIVERS);

    private static final Evidence CLASSES = new ClassEvidence(DRIVERS);

    static final ConflictClassifier STANDARD =
        new EvidenceClassifier(Arrays.asList(STATED, SQL, CLASSES));

    static final ConflictClassifier OF_APPLICATION =
        new EvidenceClassifier(Arrays.asList(STATED, new ApplicationEvidence(), SQL, CLASSES));
  }
}
