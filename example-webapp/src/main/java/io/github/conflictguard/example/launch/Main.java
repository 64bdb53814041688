package io.github.conflictguard.example.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The main class of {@code java -jar example-webapp.war}: unpacks the Jetty server in the WAR and
 * runs it with the same WAR.
 */
public final class Main {

  private static final String LIBRARIES = "WEB-INF/lib-embedded/";
  private static final String TRAFFIC = "--traffic";

  private Main() {}

  /**
   * Starts the application on the port in {@code -Djetty.http.port}, 8080 by default. With the
   * argument {@code --traffic} it then plays some traffic against itself.
   */
  public static void main(String[] arguments) throws Exception {
    for (String argument : arguments) {
      if (!argument.equals(TRAFFIC)) {
        System.err.println("The argument '" + argument + "' is unknown; accepted is " + TRAFFIC);
        System.exit(1);
      }
    }
    Path war = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = Files.createTempDirectory("example-webapp-");
    AutoCloseable office = load(war, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(office, folder)));
    try {
      office.getClass().getMethod("start").invoke(office);
      if (arguments.length > 0) {
        office.getClass().getMethod("playTraffic").invoke(office);
      }
    } catch (InvocationTargetException e) {
      System.err.println(e.getCause().getMessage());
      System.exit(1);
    }
  }

  /**
   * Loads the server. The parent is the platform loader, so that the class path of this JVM is not
   * visible.
   */
  private static AutoCloseable load(Path war, Path folder)
      throws IOException, ReflectiveOperationException {
    List<URL> urls = unpackLibraries(war, folder);
    urls.add(war.toUri().toURL());
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    return (AutoCloseable)
        loader
            .loadClass("io.github.conflictguard.example.launch.EmbeddedJetty")
            .getConstructor(Path.class, Path.class)
            .newInstance(war, folder);
  }

  private static List<URL> unpackLibraries(Path war, Path folder) throws IOException {
    List<URL> urls = new ArrayList<>();
    try (JarFile archive = new JarFile(war.toFile())) {
      List<JarEntry> libraries =
          archive.stream()
              .filter(entry -> entry.getName().startsWith(LIBRARIES) && !entry.isDirectory())
              .toList();
      for (JarEntry library : libraries) {
        Path jar = folder.resolve(library.getName().substring(LIBRARIES.length()));
        try (InputStream bytes = archive.getInputStream(library)) {
          Files.copy(bytes, jar);
        }
        urls.add(jar.toUri().toURL());
      }
    }
    return urls;
  }

  private static void stop(AutoCloseable office, Path folder) {
    try {
      office.close();
      delete(folder);
    } catch (Exception e) {
      System.err.println("The office did not stop cleanly: " + e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
