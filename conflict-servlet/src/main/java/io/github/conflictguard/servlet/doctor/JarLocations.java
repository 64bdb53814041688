package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.config.FilterNames;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The locations of this library in a web application. */
public final class JarLocations {

  private static final Logger LOG = FilterNames.log();

  private JarLocations() {}

  /**
   * Returns the jars or directories, sorted by name; empty when the class loader does not expose
   * them.
   */
  public static List<String> of(ServletContext context) {
    String classFile = FilterNames.FILTER.replace('.', '/') + ".class";
    Set<String> places = new TreeSet<>();
    try {
      // Embedded containers may have no class loader of the application's own.
      ClassLoader application = context.getClassLoader();
      ClassLoader loader = application == null ? JarLocations.class.getClassLoader() : application;
      for (URL place : Collections.list(loader.getResources(classFile))) {
        String name = place.toString().replace("!/" + classFile, "").replace(classFile, "");
        places.add(name.startsWith("jar:") ? name.substring("jar:".length()) : name);
      }
    } catch (IOException | SecurityException e) {
      LOG.log(Level.FINE, "The class loader does not tell where the filter comes from", e);
    }
    return new ArrayList<>(places);
  }
}
