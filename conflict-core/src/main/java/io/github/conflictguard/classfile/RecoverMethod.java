package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The method that recovers from conflicts of a guarded one. Immutable. */
public final class RecoverMethod {

  /** The exception types that a recover method may take, the most specific first. */
  private static final List<String> EXCEPTIONS =
      Arrays.asList(
          "io.github.conflictguard.guard.ConflictException",
          "java.lang.RuntimeException",
          "java.lang.Exception",
          "java.lang.Throwable");

  /** The first class file format that supports method handles: Java 7. */
  private static final int METHOD_HANDLES = 51;

  /** The maximum number of parameters of a method handle that is called with an array. */
  private static final int MOST_PARAMETERS = 250;

  private final ClassOutline type;
  private final MethodOutline method;
  private final Place place;

  private RecoverMethod(ClassOutline type, MethodOutline method, Place place) {
    this.type = type;
    this.method = method;
    this.place = place;
  }

  /**
   * Finds the matching method.
   *
   * @throws IllegalArgumentException if no method matches; the message contains the expected
   *     signature
   */
  static RecoverMethod of(
      ClassOutline type, MethodOutline guarded, String name, Supertypes supertypes) {
    if (type.version() < METHOD_HANDLES) {
      throw new IllegalArgumentException(
          "recover '" + name + "' needs a class file of Java 7 or later");
    }
    if (Descriptor.slots(guarded.descriptor()) > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "recover '"
              + name
              + "' is not possible for a method with "
              + Descriptor.slots(guarded.descriptor())
              + " parameters (long and double count twice); accepted are up to "
              + MOST_PARAMETERS);
    }
    List<String> others = new ArrayList<>();
    for (ClassOutline at : typesFrom(type, supertypes)) {
      Found best = null;
      for (MethodOutline candidate : at.methods()) {
        if (candidate.name().equals(name) && candidate != guarded && !candidate.isSynthetic()) {
          Found found = fit(type, guarded, at, candidate, supertypes);
          if (found == null) {
            others.add(candidate.returnType() + " " + candidate);
          } else if (best == null || found.rank < best.rank) {
            best = found;
          }
        }
      }
      if (best != null) {
        return new RecoverMethod(type, best.method, best.place);
      }
    }
    throw new IllegalArgumentException(refusal(type, guarded, name, others));
  }

  private static List<ClassOutline> typesFrom(ClassOutline type, Supertypes supertypes) {
    List<ClassOutline> types = new ArrayList<>();
    types.add(type);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < types.size() && types.size() < Supertypes.LIMIT; i++) {
      for (String name : types.get(i).supertypes()) {
        ClassOutline above = seen.add(name) ? supertypes.read(name) : null;
        if (above != null) {
          types.add(above);
        }
      }
    }
    return types;
  }

  private static @Nullable Found fit(
      ClassOutline type,
      MethodOutline guarded,
      ClassOutline owner,
      MethodOutline candidate,
      Supertypes supertypes) {
    boolean isThere = owner == type || isInherited(type, owner, candidate);
    if (!isThere
        || (guarded.isStatic() && !candidate.isStatic())
        || !isAssignable(candidate.returnType(), guarded.returnType(), supertypes)) {
      return null;
    }
    List<String> given = guarded.parameterTypes();
    List<String> taken = candidate.parameterTypes();
    int rank = 0;
    for (Place place : Arrays.asList(Place.LAST, Place.FIRST)) {
      List<String> expected = new ArrayList<>(taken);
      if (taken.size() == given.size() + 1) {
        int exception = EXCEPTIONS.indexOf(expected.remove(place == Place.LAST ? given.size() : 0));
        if (exception >= 0 && areAssignable(given, expected, supertypes)) {
          return new Found(candidate, place, rank + exception + (given.equals(expected) ? 0 : 20));
        }
      }
      rank += 10;
    }
    return areAssignable(given, taken, supertypes)
        ? new Found(candidate, Place.NOWHERE, given.equals(taken) ? 100 : 200)
        : null;
  }

  private static boolean isInherited(
      ClassOutline type, ClassOutline owner, MethodOutline candidate) {
    return !candidate.isPrivate()
        && !(owner.isInterface() && candidate.isStatic())
        && (candidate.isPublic()
            || candidate.isProtected()
            || packageOf(owner).equals(packageOf(type)));
  }

  private static String packageOf(ClassOutline type) {
    return type.internalName().substring(0, type.internalName().lastIndexOf('/') + 1);
  }

  private static boolean areAssignable(
      List<String> given, List<String> taken, Supertypes supertypes) {
    boolean all = given.size() == taken.size();
    for (int i = 0; all && i < given.size(); i++) {
      all = isAssignable(given.get(i), taken.get(i), supertypes);
    }
    return all;
  }

  private static boolean isAssignable(String from, String to, Supertypes supertypes) {
    boolean isReference = from.indexOf('.') >= 0 || from.endsWith("]");
    if (from.equals(to) || (isReference && to.equals("java.lang.Object"))) {
      return true;
    }
    if (!isReference || from.endsWith("]")) {
      return false;
    }
    if (from.startsWith("java.")) {
      return isAssignableInJdk(from, to);
    }
    ClassOutline type = supertypes.read(from.replace('.', '/'));
    if (type != null) {
      for (ClassOutline at : typesFrom(type, supertypes)) {
        for (String above : at.supertypes()) {
          String name = above.replace('/', '.');
          if (name.equals(to) || isAssignableInJdk(name, to)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Class files of the JDK are not parsed; its classes may be loaded. */
  private static boolean isAssignableInJdk(String from, String to) {
    try {
      return from.startsWith("java.")
          && to.startsWith("java.")
          && Class.forName(to, false, null).isAssignableFrom(Class.forName(from, false, null));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String refusal(
      ClassOutline type, MethodOutline guarded, String name, List<String> others) {
    String parameters = String.join(", ", guarded.parameterTypes());
    String comma = parameters.isEmpty() ? "" : ", ";
    String begin = (guarded.isStatic() ? "static " : "") + guarded.returnType() + " " + name + "(";
    return "recover '"
        + name
        + "' names no method of "
        + type.name()
        + " or of a type above it that fits; what would fit is '"
        + begin
        + parameters
        + comma
        + "ConflictException)', '"
        + begin
        + "ConflictException"
        + comma
        + parameters
        + ")' or '"
        + begin
        + parameters
        + ")'"
        + (others.isEmpty() ? "" : "; there is " + others);
  }

  /** Returns the position of the exception parameter. */
  public Place place() {
    return place;
  }

  /** Returns its name. */
  public String name() {
    return method.name();
  }

  /** Returns its descriptor, parameter types and result. */
  public String descriptor() {
    return method.descriptor();
  }

  /** Returns whether it is static. */
  public boolean isStatic() {
    return method.isStatic();
  }

  /** Returns whether it is called without virtual dispatch. */
  public boolean isPrivate() {
    return method.isPrivate();
  }

  /** Returns whether it is called as an interface method. */
  public boolean isOfInterface() {
    return type.isInterface();
  }

  /** The position of the exception among the parameters of a recover method. */
  public enum Place {
    /** The exception is not a parameter. */
    NOWHERE(0),

    /** The exception is the first parameter. */
    FIRST(1),

    /** The exception is the last parameter. */
    LAST(2);

    private final int number;

    Place(int number) {
      this.number = number;
    }

    /** Returns the number that woven code uses for it, see {@code WovenGuard#recover}. */
    public int number() {
      return number;
    }
  }

  /** A matching method; the lowest rank is preferred. */
  private static final class Found {

    final MethodOutline method;
    final Place place;
    final int rank;

    Found(MethodOutline method, Place place, int rank) {
      this.method = method;
      this.place = place;
      this.rank = rank;
    }
  }
}
