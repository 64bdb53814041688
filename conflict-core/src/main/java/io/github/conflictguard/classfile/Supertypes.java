package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks up the superclasses and interfaces of a class. */
public interface Supertypes {

  /** The maximum number of supertypes examined for one class: far more than any class has. */
  int LIMIT = 500;

  /** Finds no supertypes: only the class file itself is considered. */
  Supertypes NONE = new Supertypes() { // Not a lambda, which the JVM is slow to link.
        @Override
        public @Nullable ClassOutline find(String internalName) {
          return null;
        }
      };

  /**
   * Reads the class file of a supertype.
   *
   * @param internalName {@code com/example/Handler}
   * @return null if it cannot be found, or is recorded as being without guards
   */
  @Nullable ClassOutline find(String internalName);

  /**
   * Reads the class file of a supertype, including types that are recorded as being without guards.
   *
   * @return null if it cannot be found
   */
  default @Nullable ClassOutline read(String internalName) {
    return find(internalName);
  }

  /** Returns all supertypes of a class that can be found, the nearest first. */
  default List<ClassOutline> above(ClassOutline type) {
    List<ClassOutline> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>(type.supertypes());
    for (int i = 0; i < names.size() && seen.size() < LIMIT; i++) {
      String name = names.get(i);
      ClassOutline supertype = seen.add(name) ? find(name) : null;
      if (supertype != null) {
        found.add(supertype);
        names.addAll(supertype.supertypes());
      }
    }
    return found;
  }
}
