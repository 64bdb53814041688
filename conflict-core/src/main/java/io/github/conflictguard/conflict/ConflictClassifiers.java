package io.github.conflictguard.conflict;

import java.util.Arrays;
import java.util.Collections;

/** The classifiers that come with the toolkit. */
public final class ConflictClassifiers {

  private static final ConflictClassifier STANDARD =
      new EvidenceClassifier(
          Arrays.asList(
              new StatedEvidence(),
              new SqlEvidence(Collections.singletonList(new H2Dialect())),
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
   *       decides: H2 so far. It does so against whatever wraps it, in both directions: a NOT NULL
   *       violation is no conflict even inside an exception whose class says "duplicate".
   *   <li>Else the outermost SQL exception of an unknown driver decides, if its SQLState means the
   *       same everywhere.
   *   <li>Else the innermost exception of a known class decides: JPA ({@code javax} and {@code
   *       jakarta}), Hibernate, Spring's data access, and everything derived from those. Classes
   *       are known by name, so that it does not matter which class loader they come from.
   *   <li>Else it is no conflict. {@link IllegalStateException} and its like never are one.
   * </ol>
   *
   * <p>Messages are neither read nor kept. An exception whose methods fail is treated as one that
   * says nothing.
   */
  public static ConflictClassifier standard() {
    return STANDARD;
  }
}
