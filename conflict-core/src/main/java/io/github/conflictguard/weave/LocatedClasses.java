package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.Supertypes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/** Supertypes read from the class files of a Byte Buddy locator. Thread-safe. */
final class LocatedClasses implements Supertypes {

  private final ClassFileLocator locator;
  private final ConcurrentHashMap<String, Optional<ClassOutline>> known = new ConcurrentHashMap<>();

  LocatedClasses(ClassFileLocator locator) {
    this.locator = locator;
  }

  boolean isOf(ClassFileLocator other) {
    return locator == other;
  }

  @Override
  public @Nullable ClassOutline find(String internalName) {
    return known.computeIfAbsent(internalName, this::located).orElse(null);
  }

  private Optional<ClassOutline> located(String internalName) {
    if (internalName.startsWith("java/")) {
      return Optional.empty();
    }
    try {
      ClassFileLocator.Resolution found = locator.locate(internalName.replace('/', '.'));
      return found.isResolved()
          ? Optional.of(ClassOutline.read(found.resolve()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // An unreadable type counts as one without guards.
    }
  }
}
