package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that annotations of Spring, JTA or EJB declare for a method. Transactions of a
 * deployment descriptor are not detected here, but when a guard runs. Immutable.
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

  /** The number of those that subclasses inherit. */
  private static final int INHERITED = 3;

  /** The maximum depth of meta-annotations: they may refer to each other. */
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
   * Returns the transaction of a method; null if none is declared.
   *
   * @param supertypes reads supertypes and composed annotations
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
      // Annotations of EJB are not inherited.
      Found found =
          find(places.get(i), i < 2 ? DECLARATIONS.size() : INHERITED, supertypes, 0, false);
      if (found != null) {
        DeclaredTransaction declared =
            of(found.declaration, found.annotation.text(found.declaration.attribute));
        // Attributes of a composed annotation may override those of the annotation on it.
        return declared == null || !found.overridable
            ? declared
            : new DeclaredTransaction(declared.annotation, false);
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

  /** Searches meta-annotations as well. */
  private static @Nullable Found find(
      List<AnnotationOutline> place,
      int declarations,
      Supertypes supertypes,
      int depth,
      boolean overridable) {
    for (Declaration declaration : DECLARATIONS.subList(0, declarations)) {
      AnnotationOutline direct = MethodOutline.find(place, declaration.descriptor);
      if (direct != null) {
        return new Found(declaration, direct, overridable);
      }
    }
    for (AnnotationOutline each : place) {
      String name = each.descriptor().substring(1, each.descriptor().length() - 1);
      boolean isFollowed = depth < DEEPEST && !name.startsWith("java/");
      ClassOutline composed = isFollowed ? supertypes.read(name) : null;
      Found found =
          composed == null
              ? null
              : find(
                  composed.annotations(),
                  declarations,
                  supertypes,
                  depth + 1,
                  overridable || !composed.methods().isEmpty());
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

  /** Returns whether the method always runs in a transaction. */
  boolean isCertain() {
    return certain;
  }

  /** Returns the annotation that declares the transaction. */
  @Override
  public String toString() {
    return annotation;
  }

  /** An annotation, and its attribute for the propagation of transactions. */
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

  /** A matching annotation. */
  private static final class Found {

    final Declaration declaration;
    final AnnotationOutline annotation;
    final boolean overridable;

    Found(Declaration declaration, AnnotationOutline annotation, boolean overridable) {
      this.declaration = declaration;
      this.annotation = annotation;
      this.overridable = overridable;
    }
  }
}
