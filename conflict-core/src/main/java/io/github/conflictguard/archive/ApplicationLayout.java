package io.github.conflictguard.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The locations of classes, libraries and modules in an archive or a folder. Immutable. */
final class ApplicationLayout {

  static final String DESCRIPTOR_OF_EAR = "META-INF/application.xml";

  private static final List<String> CLASSES =
      Arrays.asList("WEB-INF/classes/", "BOOT-INF/classes/");
  private static final List<String> LIBRARIES =
      Arrays.asList("WEB-INF/lib/", "WEB-INF/lib-provided/", "BOOT-INF/lib/");
  private static final Pattern WEB_FOLDER = Pattern.compile("(?i)(.+?\\.war)/");
  private static final Pattern LIBRARY_DIRECTORY =
      Pattern.compile("<library-directory>\\s*/?([^<]*?)/?\\s*</library-directory>");

  private final boolean ear;
  private final boolean application;
  private final String librariesOfEar;

  private ApplicationLayout(boolean ear, boolean application, String librariesOfEar) {
    this.ear = ear;
    this.application = application;
    this.librariesOfEar = librariesOfEar;
  }

  /**
   * Detects a layout.
   *
   * @param name the name of the archive or folder
   * @param entries the names of its entries or files
   * @param descriptor the text of {@link #DESCRIPTOR_OF_EAR}; empty if there is none
   */
  static ApplicationLayout of(String name, List<String> entries, String descriptor) {
    boolean ear =
        name.toLowerCase(Locale.ROOT).endsWith(".ear") || entries.contains(DESCRIPTOR_OF_EAR);
    boolean application = ear;
    for (String entry : entries) {
      application |= entry.startsWith("WEB-INF/") || entry.startsWith("BOOT-INF/");
    }
    Matcher named = LIBRARY_DIRECTORY.matcher(descriptor);
    String libraries = named.find() ? String.valueOf(named.group(1)) : "lib";
    return new ApplicationLayout(ear, application, libraries + '/');
  }

  /** Returns whether this is a deployable application, which has to contain the guard's classes. */
  boolean isApplication() {
    return application;
  }

  boolean isEar() {
    return ear;
  }

  /** Returns whether an entry is a library, which is woven only if it is selected by name. */
  boolean isLibrary(String entry) {
    return isNamed(entry, ".jar")
        && (beginsWithAny(entry, LIBRARIES) || (ear && entry.startsWith(librariesOfEar)));
  }

  /** Returns whether an entry is a web application of an enterprise application. */
  boolean isWebModule(String entry) {
    return ear && isNamed(entry, ".war");
  }

  /**
   * Returns the web module of an enterprise application that is an exploded folder; null for none.
   */
  @Nullable String webFolderIn(List<String> entries) {
    for (String entry : entries) {
      Matcher folder = WEB_FOLDER.matcher(entry);
      if (ear && folder.lookingAt()) {
        return folder.group(1);
      }
    }
    return null;
  }

  /** Returns whether an entry is another module of an enterprise application: EJBs, a client. */
  boolean isJarModule(String entry) {
    return ear && isNamed(entry, ".jar") && !isLibrary(entry);
  }

  /** Returns the name of a class file relative to the folder of classes that contains it. */
  static String withoutFolder(String entry) {
    for (String folder : CLASSES) {
      if (entry.startsWith(folder)) {
        return entry.substring(folder.length());
      }
    }
    return entry;
  }

  private static boolean isNamed(String entry, String end) {
    return entry.toLowerCase(Locale.ROOT).endsWith(end);
  }

  private static boolean beginsWithAny(String entry, List<String> folders) {
    for (String folder : folders) {
      if (entry.startsWith(folder)) {
        return true;
      }
    }
    return false;
  }
}
