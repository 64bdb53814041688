package io.github.conflictguard.servlet.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes that refer to optional libraries once more, and links them with the libraries
 * of an application: for a filter that the application shares with others, among the libraries of
 * the server.
 */
final class BridgeLoader extends ClassLoader {

  private static final String GUARD = "io.github.conflictguard.";
  private static final int CHUNK = 8192;

  private final ClassLoader own;

  /**
   * Creates a loader.
   *
   * @param own the loader of the filter
   * @param application the loader of the application
   */
  BridgeLoader(ClassLoader own, ClassLoader application) {
    super(application);
    this.own = own;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(GUARD)) {
      return super.loadClass(name, resolve);
    }
    if (!isOptional(name)) {
      return own.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  /** Returns whether this is one of the classes, or nested in one. */
  private static boolean isOptional(String name) {
    for (OptionalClass optional : OptionalClass.values()) {
      if (name.equals(optional.full()) || name.startsWith(optional.full() + '$')) {
        return true;
      }
    }
    return false;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (@Nullable InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        bytes.write(chunk, 0, read);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
