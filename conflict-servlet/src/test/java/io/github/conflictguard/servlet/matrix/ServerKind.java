package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.Namespace.JAKARTA;
import static io.github.conflictguard.servlet.matrix.Namespace.JAVAX;
import static io.github.conflictguard.servlet.matrix.ServerFamily.JETTY;
import static io.github.conflictguard.servlet.matrix.ServerFamily.LIBERTY;
import static io.github.conflictguard.servlet.matrix.ServerFamily.PAYARA;
import static io.github.conflictguard.servlet.matrix.ServerFamily.TOMCAT;
import static io.github.conflictguard.servlet.matrix.ServerFamily.TOMEE;
import static io.github.conflictguard.servlet.matrix.ServerFamily.UNDERTOW;
import static io.github.conflictguard.servlet.matrix.ServerFamily.WILDFLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The servers that the build unpacks. */
enum ServerKind {
  TOMCAT_8_5(TOMCAT, JAVAX, "apache-tomcat-8.5.", ""),
  TOMCAT_9(TOMCAT, JAVAX, "apache-tomcat-9.", ""),
  TOMCAT_10(TOMCAT, JAKARTA, "apache-tomcat-10.", ""),
  TOMCAT_11(TOMCAT, JAKARTA, "apache-tomcat-11.", ""),
  JETTY_9(JETTY, JAVAX, "jetty-home-9.", ""),
  JETTY_10(JETTY, JAVAX, "jetty-home-10.", ""),
  JETTY_12_EE8(JETTY, JAVAX, "jetty-home-12.", "ee8"),
  JETTY_12_EE9(JETTY, JAKARTA, "jetty-home-12.", "ee9"),
  JETTY_12_EE10(JETTY, JAKARTA, "jetty-home-12.", "ee10"),
  JETTY_12_EE11(JETTY, JAKARTA, "jetty-home-12.", "ee11"),
  UNDERTOW_2_2(UNDERTOW, JAVAX, "undertow-2.2", ""),
  UNDERTOW_2_3(UNDERTOW, JAKARTA, "undertow-2.3", ""),

  TOMEE_8(TOMEE, JAVAX, "apache-tomee-webprofile-8.", ""),
  TOMEE_9(TOMEE, JAKARTA, "apache-tomee-webprofile-9.", ""),
  LIBERTY_SERVLET_3_1(LIBERTY, JAVAX, "wlp", "servlet-3.1 jsp-2.3"),
  LIBERTY_SERVLET_4(LIBERTY, JAVAX, "wlp", "servlet-4.0 jsp-2.3"),
  LIBERTY_SERVLET_5(LIBERTY, JAKARTA, "wlp", "servlet-5.0 pages-3.0"),
  LIBERTY_SERVLET_6(LIBERTY, JAKARTA, "wlp", "servlet-6.0 pages-3.1"),
  WILDFLY_26(WILDFLY, JAVAX, "wildfly-26.", ""),
  WILDFLY_39(WILDFLY, JAKARTA, "wildfly-39.", ""),
  PAYARA_5(PAYARA, JAVAX, "payara-micro-5.", ""),
  PAYARA_6(PAYARA, JAKARTA, "payara-micro-6.", "");

  final ServerFamily family;
  final Namespace namespace;
  private final String folder;

  /** What has to be switched on; "" for those that are one thing alone. */
  final String environment;

  ServerKind(ServerFamily family, Namespace namespace, String folder, String environment) {
    this.family = family;
    this.namespace = namespace;
    this.folder = folder;
    this.environment = environment;
  }

  /** Those that this build is about. */
  static List<ServerKind> ofThisBuild() {
    return Arrays.stream(System.getProperty("containers").trim().split("[,\\s]+"))
        .map(ServerKind::valueOf)
        .toList();
  }

  /** Whether the tests can make it compress. */
  boolean isCompressing() {
    return family == TOMCAT || family == JETTY || family == UNDERTOW;
  }

  /** What lets Jetty compress: its old handler, or the new one of 12.1. */
  String compressionModule() {
    return this == JETTY_12_EE10 ? "compression-gzip" : "gzip";
  }

  /** Whether pages can be JSPs. */
  boolean hasJsp() {
    return family != UNDERTOW;
  }

  /** Whether it looks for new WARs while it runs; Payara Micro does so at its start alone. */
  boolean redeploys() {
    return family != PAYARA;
  }

  /** The WARs that it can run; Undertow alone knows no annotations. */
  List<LegacyWar> wars() {
    return Arrays.stream(LegacyWar.values())
        .filter(war -> family != UNDERTOW || war != LegacyWar.BARE)
        .toList();
  }

  /** Whether it runs the initializer; Jetty 9 does not where the descriptor is of version 2.5. */
  boolean initializes(LegacyWar war) {
    return war.reliesOnTheInitializer() && !(this == JETTY_9 && war == LegacyWar.OLD);
  }

  /** The unpacked distribution. */
  Path home() throws IOException {
    Path folders = Path.of(System.getProperty("containers.folder"));
    try (Stream<Path> homes = Files.list(folders)) {
      return homes
          .filter(path -> path.getFileName().toString().startsWith(folder))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + folder + "* in " + folders));
    }
  }
}
