package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.servlet.ConflictFilter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The class loader of an application: has the guard and some libraries, and nothing else of the
 * same names.
 */
final class ApplicationLoader extends URLClassLoader {

  private static final String GUARD = "io.github.conflictguard.";

  static {
    registerAsParallelCapable();
  }

  private final List<String> own;

  private ApplicationLoader(URL[] places, List<String> own) {
    super(places, ApplicationLoader.class.getClassLoader());
    this.own = own;
  }

  /**
   * Creates a loader.
   *
   * @param folder has the jars of the application; null for none
   * @param prefixes of the classes that are found in these jars alone, or not at all
   */
  static ApplicationLoader of(Path folder, String... prefixes) throws IOException {
    List<URL> places = new ArrayList<>();
    for (Class<?> type : List.of(ConflictFilter.class, ConflictEvent.class, BridgeRun.class)) {
      places.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    if (folder != null) {
      places.addAll(List.of(jars(folder)));
    }
    List<String> own = new ArrayList<>(List.of(prefixes));
    own.add(GUARD);
    return new ApplicationLoader(places.toArray(URL[]::new), own);
  }

  /** Returns the jars of a folder. */
  static URL[] jars(Path folder) throws IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path jar : all.sorted().toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    return jars.toArray(URL[]::new);
  }

  /** Calls {@link BridgeRun#run} in this loader. */
  Map<String, List<String>> run(Object probe, int expected, Map<String, String> settings)
      throws Exception {
    return run(probe, expected, settings, this);
  }

  /** The same, with another context class loader. */
  @SuppressWarnings("unchecked")
  Map<String, List<String>> run(
      Object probe, int expected, Map<String, String> settings, ClassLoader context)
      throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      return (Map<String, List<String>>)
          loadClass(BridgeRun.class.getName())
              .getMethod("run", Object.class, int.class, Map.class)
              .invoke(null, probe, expected, settings);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private boolean isOwn(String name) {
    return own.stream().anyMatch(name::startsWith);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isOwn(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }

  /** Services of its own libraries come from these alone. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return isOwn(name.replaceFirst("^META-INF/services/", ""))
        ? findResources(name)
        : super.getResources(name);
  }
}
