package io.github.conflictguard.classfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Determines whether the supertypes of classes carry the annotation, for one class loader. Each
 * type is examined once, and only a name with a boolean is cached. Holds the loader weakly.
 *
 * <p>Reads class files as resources and never loads a class. Thread-safe.
 */
public final class GuardedAbove implements Supertypes {

  private static final int LIMIT_OF_DEPTH = 100;

  private final WeakReference<ClassLoader> loader;
  private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();

  private GuardedAbove(ClassLoader loader) {
    this.loader = new WeakReference<>(loader);
  }

  /** Returns an instance that finds the class files of this loader and its parents. */
  public static GuardedAbove in(ClassLoader loader) {
    return new GuardedAbove(loader);
  }

  /** Returns whether a supertype of this class carries the annotation. */
  public boolean speakAbove(byte[] classFile) {
    return speaksAbove(classFile, 0);
  }

  /**
   * Returns whether a class that the loader is about to define, or one of its supertypes, carries
   * the annotation. The result is cached, so that the class file is not read again for subclasses.
   *
   * @param mentioned whether the class itself does
   */
  public boolean learn(String internalName, byte[] classFile, boolean mentioned) {
    boolean answer = mentioned || speaksAbove(classFile, 0);
    known.put(internalName, answer);
    return answer;
  }

  /** Returns whether this class or one of its supertypes carries the annotation. */
  public boolean speaks(String internalName) {
    return speaks(internalName, 0);
  }

  @Override
  public @Nullable ClassOutline find(String internalName) {
    try {
      byte[] classFile = speaks(internalName, 0) ? bytes(internalName) : null;
      return classFile == null ? null : ClassOutline.read(classFile);
    } catch (IOException e) {
      return null; // An unreadable type counts as one without the annotation.
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
