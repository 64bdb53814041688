package io.github.conflictguard.conflict;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads other releases of libraries that are on the class path, together with the classes of the
 * tests that use them.
 */
final class ChildFirst extends URLClassLoader {

  private final Set<String> users;

  /**
   * Creates a loader for the jars in these folders below {@code target}.
   *
   * @param users classes of the tests, loaded anew with their nested ones
   */
  ChildFirst(List<String> folders, Class<?>... users) throws IOException {
    super(jars(folders), ChildFirst.class.getClassLoader());
    this.users = Set.of(Stream.of(users).map(Class::getName).toArray(String[]::new));
  }

  private static URL[] jars(List<String> folders) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> jars = Files.list(Path.of("target", folder))) {
        for (Path jar : jars.toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    return urls.toArray(new URL[0]);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? firstHere(name) : loaded;
    }
  }

  private Class<?> firstHere(String name) throws ClassNotFoundException {
    int nested = name.indexOf('$');
    if (users.contains(nested < 0 ? name : name.substring(0, nested))) {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    try {
      return findClass(name);
    } catch (ClassNotFoundException notHere) {
      return super.loadClass(name, false);
    }
  }

  /** Services too: those of the newer release are not for this one. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.startsWith("META-INF/services/org.hibernate")
        ? findResources(name)
        : super.getResources(name);
  }
}
