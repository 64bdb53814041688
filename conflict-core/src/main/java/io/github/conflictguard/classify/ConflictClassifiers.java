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

/** Factory methods for the classifiers of this library. */
public final class ConflictClassifiers {

  private ConflictClassifiers() {}

  /**
   * Classifies by what the database driver reports, and by the names of well-known exception
   * classes where no driver's exception is found.
   *
   * <p>In this order:
   *
   * <ol>
   *   <li>An {@link Error} is not a conflict, whatever it wraps.
   *   <li>The throwable, its causes, and the other exceptions it refers to are collected, up to a
   *       limit.
   *   <li>The outermost {@link ClassifiedConflict} decides.
   *   <li>Otherwise the outermost SQL exception of a known driver with a known code decides. It
   *       takes precedence over its wrappers, in both directions: a NOT NULL violation is not a
   *       conflict even inside an exception that stands for a duplicate. The known drivers are
   *       those of PostgreSQL (also for CockroachDB and YugabyteDB), MySQL, MariaDB, Oracle, SQL
   *       Server, Sybase ASE, Db2, H2, HSQLDB, Derby, SQLite, Informix, Firebird and SAP HANA: they
   *       are recognized by the packages of their exceptions, by the code that created them, and by
   *       codes that are unique to one of them.
   *   <li>Otherwise the outermost SQL exception of an unknown driver decides, if its SQLState has
   *       the same meaning in all products.
   *   <li>Otherwise the innermost exception of a known class decides: JPA ({@code javax} and {@code
   *       jakarta}), Hibernate and other mappers, Spring's data access, EJB, JCR, JNDI and LDAP,
   *       the drivers of MongoDB and other stores, files, and their subclasses. Classes are
   *       recognized by name, so that they may come from any class loader. Such an exception is
   *       ignored if it wraps, or is wrapped by, an SQL exception of a known driver: a code that is
   *       in none of the tables is not a conflict, whatever an exception translator makes of it. An
   *       exception of a version check is ignored if it has any SQL exception as its cause.
   *   <li>Otherwise the throwable is not a conflict. Generic exceptions such as {@link
   *       IllegalStateException} are never classified as conflicts.
   * </ol>
   *
   * <p>Messages of drivers are read if the code does not determine which side of a reference is
   * broken, and for the name of a constraint; they are not kept. An exception whose methods fail is
   * treated as one without information.
   */
  public static ConflictClassifier standard() {
    return Known.STANDARD;
  }

  /**
   * Returns a classifier like {@link #standard()} that also calls the application's own
   * classifiers: after exceptions that implement {@link ClassifiedConflict}, before the evidence of
   * drivers. A throwable for which they return null is classified by the standard evidence.
   *
   * <p>They are services: classes listed in {@code
   * META-INF/services/io.github.conflictguard.conflict.ConflictClassifier}, loaded at the first
   * exception by the context class loader of the calling thread. They must be stateless, since they
   * are created again after a garbage collection. A classifier that cannot be created is logged and
   * omitted; one that throws is treated as if it had returned null.
   */
  public static ConflictClassifier ofApplication() {
    return Known.OF_APPLICATION;
  }

  /**
   * Returns a rule for an application's exceptions: the throwable is of this kind if it, or any
   * throwable it leads to, is an instance of this class.
   *
   * @param exceptionClass the full name of a class or interface
   * @throws IllegalArgumentException if the name is blank
   */
  public static ConflictClassifier rule(String exceptionClass, ConflictKind kind) {
    return new ExceptionRule(exceptionClass, null, kind);
  }

  /**
   * Returns a rule like {@link #rule(String, ConflictKind)} that also requires the pattern to be
   * found in the message of the same throwable: {@code rule("java.sql.SQLException",
   * Pattern.compile("^ORA-20017: "), BUSINESS_RULE)}. Patterns should begin with {@code ^}: input
   * of users is often repeated further on in a message. Only the first 4096 characters are
   * searched.
   */
  public static ConflictClassifier rule(String exceptionClass, Pattern message, ConflictKind kind) {
    return new ExceptionRule(exceptionClass, message, kind);
  }

  /**
   * Returns a rule for exceptions that are not a conflict, whatever the driver reports: it
   * {@linkplain ConflictClassifier#excludes excludes} a throwable that is, or leads to, one of this
   * class.
   *
   * @param exceptionClass the full name of a class or interface
   * @throws IllegalArgumentException if the name is blank
   */
  public static ConflictClassifier noConflict(String exceptionClass) {
    return new ExceptionRule(exceptionClass, null, null);
  }

  /**
   * Returns a rule like {@link #noConflict(String)} that also requires the pattern to be found in
   * the message, as in {@link #rule(String, Pattern, ConflictKind)}.
   */
  public static ConflictClassifier noConflict(String exceptionClass, Pattern message) {
    return new ExceptionRule(exceptionClass, message, null);
  }

  /**
   * Returns the names of the exception classes that {@link #standard()} recognizes, including those
   * that it recognizes as not being a conflict. Unmodifiable.
   */
  public static Set<String> knownExceptions() {
    return KnownClasses.names();
  }

  /**
   * Returns a classifier that calls these in order; the first that finds or excludes a conflict
   * decides.
   */
  public static ConflictClassifier firstOf(ConflictClassifier... classifiers) {
    return new CompositeClassifier(
        Collections.unmodifiableList(new ArrayList<>(Arrays.asList(classifiers))));
  }

  /** Initialized when the first classifier is requested, which the agent never does. */
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
