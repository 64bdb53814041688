package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that annotations of Spring, JTA or EJB put around a method. One that a descriptor
 * declares is not seen here, but when a guard runs. Immutable.
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

  /** How many of them count for the classes below. */
  private static final int INHERITED = 3;

  /** How many annotations are followed from one to another: they may carry each other. */
  private static final int DEEPEST = 3;

  private static final List<String> BEANS =
      Arrays.asList("Stateless", "Stateful", "Singleton", "MessageDriven");

  private final String annotation;
  private final boolean certain;

  private DeclaredTransaction(String annotation, boolean certain) {
    this.annotation = annotation;
    this.certain = certain;
  }

  /**
   * Returns the transaction of a method; null where nothing declares one.
   *
   * @param supertypes where classes above and composed annotations are read
   */
  static @Nullable DeclaredTransaction of(
      ClassOutline type, MethodOutline method, Supertypes supertypes) {
    if (isManagedByBean(type)) {
      return null;
    }
    List<List<AnnotationOutline>> places = new ArrayList<>();
    places.add(method.annotations());
    places.add(type.annotations());
    for (ClassOutline above : classesAbove(type, supertypes)) {
      places.add(above.annotations());
    }
    for (int i = 0; i < places.size(); i++) {
      // Those of EJB are not inherited.
      Found found = find(places.get(i), i < 2 ? DECLARATIONS.size() : INHERITED, supertypes, 0);
      if (found != null) {
        return of(found.declaration, found.annotation.text(found.declaration.attribute));
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

  private static List<ClassOutline> classesAbove(ClassOutline type, Supertypes supertypes) {
    List<ClassOutline> above = new ArrayList<>();
    ClassOutline at = type;
    while (at != null && above.size() < Supertypes.LIMIT && !at.supertypes().isEmpty()) {
      at = supertypes.read(at.supertypes().get(0));
      if (at != null) {
        above.add(at);
      }
    }
    return above;
  }

  /** Also where another annotation carries it. */
  private static @Nullable Found find(
      List<AnnotationOutline> place, int declarations, Supertypes supertypes, int depth) {
    for (Declaration declaration : DECLARATIONS.subList(0, declarations)) {
      AnnotationOutline direct = MethodOutline.find(place, declaration.descriptor);
      if (direct != null) {
        return new Found(declaration, direct);
      }
    }
    for (AnnotationOutline each : place) {
      String name = each.descriptor().substring(1, each.descriptor().length() - 1);
      boolean isFollowed = depth < DEEPEST && !name.startsWith("java/");
      ClassOutline composed = isFollowed ? supertypes.read(name) : null;
      Found found =
          composed == null
              ? null
              : find(composed.annotations(), declarations, supertypes, depth + 1);
      if (found != null) {
        return found;
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

  /** An annotation that was found. */
  private static final class Found {

    final Declaration declaration;
    final AnnotationOutline annotation;

    Found(Declaration declaration, AnnotationOutline annotation) {
      this.declaration = declaration;
      this.annotation = annotation;
    }
  }
}
