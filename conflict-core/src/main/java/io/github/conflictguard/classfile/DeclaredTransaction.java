package io.github.conflictguard.classfile;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that annotations of Spring, JTA or EJB put around a method. One that a descriptor
 * or a composed annotation declares is not seen here, but when a guard runs. Immutable.
 */
final class DeclaredTransaction {

  private static final List<Declaration> DECLARATIONS =
      Arrays.asList(
          new Declaration(
              "org/springframework/transaction/annotation/Transactional", "propagation"),
          new Declaration("javax/transaction/Transactional", "value"),
          new Declaration("jakarta/transaction/Transactional", "value"),
          new Declaration("javax/ejb/TransactionAttribute", "value"),
          new Declaration("jakarta/ejb/TransactionAttribute", "value"));

  private static final List<String> BEANS =
      Arrays.asList("Stateless", "Stateful", "Singleton", "MessageDriven");

  private final String annotation;
  private final boolean certain;

  private DeclaredTransaction(String annotation, boolean certain) {
    this.annotation = annotation;
    this.certain = certain;
  }

  /** Returns the transaction of a method; null where nothing declares one. */
  static @Nullable DeclaredTransaction of(ClassOutline type, MethodOutline method) {
    if (isManagedByBean(type)) {
      return null;
    }
    for (List<AnnotationOutline> place : Arrays.asList(method.annotations(), type.annotations())) {
      for (Declaration declaration : DECLARATIONS) {
        AnnotationOutline found = MethodOutline.find(place, declaration.descriptor);
        if (found != null) {
          return of(declaration, found.text(declaration.attribute));
        }
      }
    }
    for (String bean : BEANS) {
      if (type.annotation("Ljavax/ejb/" + bean + ";") != null
          || type.annotation("Ljakarta/ejb/" + bean + ";") != null) {
        return new DeclaredTransaction("@" + bean, true);
      }
    }
    return null;
  }

  private static @Nullable DeclaredTransaction of(Declaration declaration, String propagation) {
    return propagation.equals("NEVER") || propagation.equals("NOT_SUPPORTED")
        ? null
        : new DeclaredTransaction(declaration.shown(), !propagation.equals("SUPPORTS"));
  }

  private static boolean isManagedByBean(ClassOutline type) {
    for (String namespace : Arrays.asList("javax", "jakarta")) {
      AnnotationOutline management =
          type.annotation("L" + namespace + "/ejb/TransactionManagement;");
      if (management != null && management.text("value").equals("BEAN")) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the method never runs without a transaction. */
  boolean isCertain() {
    return certain;
  }

  /** The annotation that declares it. */
  @Override
  public String toString() {
    return annotation;
  }

  /** An annotation, and its attribute that tells which transaction a method joins or begins. */
  private static final class Declaration {

    final String descriptor;
    final String attribute;

    Declaration(String internalName, String attribute) {
      this.descriptor = "L" + internalName + ";";
      this.attribute = attribute;
    }

    String shown() {
      return "@" + descriptor.substring(descriptor.lastIndexOf('/') + 1, descriptor.length() - 1);
    }
  }
}
