package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The application of the recipe for servlets, decorated by SiteMesh: 2 on javax, 3 on jakarta. */
enum DecoratedWar implements War {
  /** The guard is in front of SiteMesh. */
  GUARD_IN_FRONT,

  /** The guard is behind SiteMesh. */
  GUARD_BEHIND;

  private static final String FILTER =
      """
      <filter>
        <filter-name>sitemesh</filter-name>
        <filter-class>SITEMESH</filter-class>
      </filter>
      <filter-mapping>
        <filter-name>sitemesh</filter-name>
        <url-pattern>/*</url-pattern>
      </filter-mapping>
      """;
  private static final String HEAD =
      """
      <style>
        body { margin: 0; font: 15px Georgia, serif; background: #f4efe4; }
        header { padding: 12px 24px; background: #274029; color: #fff; font-size: 20px; }
        div.page { margin: 24px; padding: 12px 24px; background: #fff; }
      </style>
      """;
  private static final String DECORATOR_2 =
      """
      <%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
      <%@ taglib uri="http://www.opensymphony.com/sitemesh/decorator" prefix="decorator" %>
      <!DOCTYPE html>
      <html><head><title>Office: <decorator:title/></title>HEAD<decorator:head/></head>
      <body><header>The Office</header><div class="page"><decorator:body/></div></body></html>
      """
          .replace("HEAD", HEAD);
  private static final String DECORATOR_3 =
      """
      <!DOCTYPE html>
      <html><head><title>Office: <sitemesh:write property='title'/></title>HEAD
      <sitemesh:write property='head'/></head>
      <body><header>The Office</header><div class="page"><sitemesh:write property='body'/></div>
      </body></html>
      """
          .replace("HEAD", HEAD);
  private static final String DECORATORS_2 =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <decorators defaultdir="/decorators">
        <decorator name="main" page="main.jsp"><pattern>/customer*</pattern></decorator>
      </decorators>
      """;
  private static final String DECORATORS_3 =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <sitemesh><mapping path="/customer*" decorator="main.html"/></sitemesh>
      """;

  @Override
  public String folder() {
    return "decorated-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String about() {
    return path() + "/ledger";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    boolean javax = server.namespace == Namespace.JAVAX;
    Map<String, byte[]> files = new LinkedHashMap<>(RecipeWar.ACTION.files(server));
    Path libraries =
        Path.of(
            System.getProperty("containers.folder"), "../libraries", javax ? "spring5" : "spring6");
    List<Path> jars = ApplicationSources.below(libraries, ".jar");
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      if (name.startsWith("sitemesh") || name.startsWith("spring-jcl")) {
        files.put("WEB-INF/lib/" + name, Files.readAllBytes(jar));
      }
    }
    if (javax) {
      files.put("decorators/main.jsp", DECORATOR_2.getBytes(UTF_8));
    }
    files.put("WEB-INF/decorators/main.html", DECORATOR_3.getBytes(UTF_8));
    files.put("WEB-INF/decorators.xml", DECORATORS_2.getBytes(UTF_8));
    files.put("WEB-INF/sitemesh3.xml", DECORATORS_3.getBytes(UTF_8));
    String sitemesh =
        FILTER.replace(
            "SITEMESH",
            javax
                ? "com.opensymphony.sitemesh.webapp.SiteMeshFilter"
                : "org.sitemesh.config.ConfigurableSiteMeshFilter");
    String guard = Readme.linesOfWebXml();
    String both = this == GUARD_IN_FRONT ? guard + sitemesh : sitemesh + guard;
    String descriptor = new String(files.get("WEB-INF/web.xml"), UTF_8);
    files.put("WEB-INF/web.xml", descriptor.replace(guard, both).getBytes(UTF_8));
    return files;
  }
}
