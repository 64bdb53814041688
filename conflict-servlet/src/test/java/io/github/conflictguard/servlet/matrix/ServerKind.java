package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.Namespace.JAKARTA;
import static io.github.conflictguard.servlet.matrix.Namespace.JAVAX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The servers that the build unpacks. */
enum ServerKind {
  TOMCAT_8_5(JAVAX, "apache-tomcat-8.5."),
  TOMCAT_9(JAVAX, "apache-tomcat-9."),
  TOMCAT_10(JAKARTA, "apache-tomcat-10."),
  TOMCAT_11(JAKARTA, "apache-tomcat-11."),
  JETTY_9(JAVAX, "jetty-home-9."),
  JETTY_10(JAVAX, "jetty-home-10."),
  JETTY_12_EE8(JAVAX, "jetty-home-12."),
  JETTY_12_EE9(JAKARTA, "jetty-home-12."),
  JETTY_12_EE10(JAKARTA, "jetty-home-12."),
  JETTY_12_EE11(JAKARTA, "jetty-home-12."),
  UNDERTOW_2_2(JAVAX, "undertow-2.2"),
  UNDERTOW_2_3(JAKARTA, "undertow-2.3");

  final Namespace namespace;
  private final String home;

  ServerKind(Namespace namespace, String home) {
    this.namespace = namespace;
    this.home = home;
  }

  /** Those that this build is about. */
  static List<ServerKind> ofThisBuild() {
    return Arrays.stream(System.getProperty("containers").trim().split("[,\\s]+"))
        .map(ServerKind::valueOf)
        .toList();
  }

  /** Whether pages can be JSPs. */
  boolean hasJsp() {
    return !isUndertow();
  }

  /** The WARs that it can run; Undertow alone knows no annotations. */
  List<LegacyWar> wars() {
    return Arrays.stream(LegacyWar.values())
        .filter(war -> !isUndertow() || war != LegacyWar.BARE)
        .toList();
  }

  /** Whether it runs the initializer; Jetty 9 does not where the descriptor is of version 2.5. */
  boolean initializes(LegacyWar war) {
    return war.reliesOnTheInitializer() && !(this == JETTY_9 && war == LegacyWar.OLD);
  }

  boolean isUndertow() {
    return name().startsWith("UNDERTOW");
  }

  boolean isTomcat() {
    return name().startsWith("TOMCAT");
  }

  /** Which of Jetty's environments it is; "" for those that have but one. */
  String environment() {
    return name().replaceFirst("^JETTY_\\d+_?", "").toLowerCase(Locale.ROOT);
  }

  /** The unpacked distribution. */
  Path home() throws IOException {
    Path folder = Path.of(System.getProperty("containers.folder"));
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .filter(path -> path.getFileName().toString().startsWith(home))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + home + "* in " + folder));
    }
  }
}
