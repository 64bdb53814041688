package io.github.conflictguard.classfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the classes and interfaces above a class are looked up. */
public interface Supertypes {

  /** How many supertypes of one class are looked at: far more than any class has. */
  int LIMIT = 500;

  /** Finds nothing: only what stands in a class file itself counts. */
  Supertypes NONE =
      new Supertypes() { // No lambda: every start of the agent would wait for the JVM to make one.
        @Override
        public @Nullable ClassOutline find(String internalName) {
          return null;
        }
      };

  /**
   * Reads the class file of a supertype.
   *
   * @param internalName {@code com/example/Handler}
   * @return null if it is not to be found, or known to say nothing of guards
   */
  @Nullable ClassOutline find(String internalName);

  /**
   * Reads the class file of a supertype, also of one that is known to say nothing of guards.
   *
   * @return null if it is not to be found
   */
  default @Nullable ClassOutline read(String internalName) {
    return find(internalName);
  }

  /** Everything above a class that can be found: what is nearer comes first. */
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
