package io.github.conflictguard.loadtime;

import io.github.conflictguard.classfile.ConstantPoolScanner;
import io.github.conflictguard.classify.ConflictClassifiers;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The classes that report to the recorder. Immutable. */
final class RecordedClasses {

  private static final ConstantPoolScanner LOOK =
      ConstantPoolScanner.forAnyOf(
          "java/sql/Connection",
          "java/sql/Statement",
          "java/sql/PreparedStatement",
          "javax/transaction/xa/XAResource",
          "executeUpdate",
          "executeLargeUpdate",
          "executeBatch",
          "executeLargeBatch");

  /** Subclasses that override methods of a statement need not mention one of its interfaces. */
  private static final ConstantPoolScanner TYPES =
      ConstantPoolScanner.forAnyOf(
          "java/sql/Connection",
          "java/sql/Statement",
          "java/sql/PreparedStatement",
          "java/sql/SQLException",
          "javax/transaction/xa/XAResource");

  private final Set<String> exceptions = new HashSet<>();

  /**
   * Creates the list of the exceptions that are known to report conflicts, and these.
   *
   * @param more internal names
   */
  RecordedClasses(Collection<String> more) {
    for (String known : ConflictClassifiers.knownExceptions()) {
      exceptions.add(known.replace('.', '/'));
    }
    exceptions.addAll(
        Arrays.asList(
            // All exceptions of JDBC drivers are subclasses of this.
            "java/sql/SQLException",
            "io/github/conflictguard/guard/ConflictException",
            "io/github/conflictguard/guard/WrongStateException",
            "io/github/conflictguard/guard/BusinessRuleException"));
    exceptions.addAll(more);
  }

  boolean isException(String internalName) {
    return exceptions.contains(internalName);
  }

  /** Returns whether the class may be part of a JDBC driver, or of a wrapper for one. */
  static boolean mayStore(String internalName, byte[] classFile) {
    return !internalName.startsWith("java") && LOOK.finds(classFile) && TYPES.finds(classFile);
  }
}
