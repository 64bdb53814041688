package io.github.conflictguard.classfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the types above the classes of one class loader say of guards. Looks at each type once, and
 * remembers no more than yes or no: a name, and no class. Does not keep the loader alive.
 *
 * <p>Reads class files as resources and never loads a class. Safe for use by several threads.
 */
public final class GuardedAbove implements Supertypes {

  private static final int LIMIT_OF_DEPTH = 100;

  private final WeakReference<ClassLoader> loader;
  private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();

  private GuardedAbove(ClassLoader loader) {
    this.loader = new WeakReference<>(loader);
  }

  /** Looks into what this loader and those above it find. */
  public static GuardedAbove in(ClassLoader loader) {
    return new GuardedAbove(loader);
  }

  /** Whether a type above this class mentions the annotation. */
  public boolean speakAbove(byte[] classFile) {
    return speaksAbove(classFile, 0);
  }

  /**
   * Whether a class that the loader is about to define, or a type above it, mentions the
   * annotation. Remembered: nobody has to read its class file for the sake of a class below it.
   *
   * @param mentioned whether the class does
   */
  public boolean learn(String internalName, byte[] classFile, boolean mentioned) {
    boolean answer = mentioned || speaksAbove(classFile, 0);
    known.put(internalName, answer);
    return answer;
  }

  /** Whether this class, or a type above it, mentions the annotation. */
  public boolean speaks(String internalName) {
    return speaks(internalName, 0);
  }

  @Override
  public @Nullable ClassOutline find(String internalName) {
    try {
      byte[] classFile = speaks(internalName, 0) ? bytes(internalName) : null;
      return classFile == null ? null : ClassOutline.read(classFile);
    } catch (IOException e) {
      return null; // What cannot be read says nothing.
    }
  }

  @Override
  public @Nullable ClassOutline read(String internalName) {
    try {
      byte[] classFile = internalName.startsWith("java/") ? null : bytes(internalName);
      return classFile == null ? null : ClassOutline.read(classFile);
    } catch (IOException e) {
      return null;
    }
  }

  private boolean speaksAbove(byte[] classFile, int depth) {
    for (String name : ClassHeader.supertypes(classFile)) {
      if (speaks(name, depth)) {
        return true;
      }
    }
    return false;
  }

  private boolean speaks(String name, int depth) {
    if (name.startsWith("java/") || depth > LIMIT_OF_DEPTH) {
      return false;
    }
    Boolean answer = known.get(name);
    if (answer == null) {
      answer = look(name, depth);
      known.put(name, answer);
    }
    return answer;
  }

  private boolean look(String name, int depth) {
    try {
      byte[] classFile = bytes(name);
      return classFile != null
          && (GuardTargets.mentionsAnnotation(classFile) || speaksAbove(classFile, depth + 1));
    } catch (IOException e) {
      return false;
    }
  }

  private byte @Nullable [] bytes(String internalName) throws IOException {
    ClassLoader there = loader.get();
    if (there == null) {
      return null;
    }
    try (InputStream in = there.getResourceAsStream(internalName + ".class")) {
      return in == null ? null : readAll(in);
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    byte[] part = new byte[8192];
    for (int length = in.read(part); length >= 0; length = in.read(part)) {
      bytes.write(part, 0, length);
    }
    return bytes.toByteArray();
  }
}
