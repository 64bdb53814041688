package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An application made of Spring MVC behind Spring Security, Spring Session and SiteMesh: Spring 5
 * and SiteMesh 2 on javax.servlet, Spring 6 and SiteMesh 3 on jakarta.servlet.
 */
enum SpringWar implements War {
  /** Without the guard. */
  PLAIN(Guard.NONE, ""),

  /** Nothing but the jar. */
  JAR(Guard.JAR_ALONE, ""),

  /** In front of all other filters, by a declaration. */
  FRONT(Guard.FIRST, ""),

  /** Behind all other filters, by a declaration. */
  BEHIND(Guard.LAST, ""),

  /** The same, and it only observes. */
  OBSERVED(Guard.LAST, "", "observe"),

  /** In front, and it only observes. */
  OBSERVED_FRONT(Guard.FIRST, "", "observe"),

  /** With a rule whose tags come from the body. */
  BODY(Guard.LAST, "{\"name\": \"b\", \"read\": \"/*\"}"),

  /** With a rule whose tags are counted. */
  COUNTER(Guard.LAST, "{\"name\": \"c\", \"read\": \"/*\", \"tag\": \"counter\"}"),

  /** With a rule that protects forms. */
  FORMS(
      Guard.LAST,
      "{\"name\": \"f\", \"read\": \"/*\", \"write\": \"POST /save\", \"tag\": \"form\"}"),

  /** The same in front. */
  FORMS_FRONT(
      Guard.FIRST,
      "{\"name\": \"f\", \"read\": \"/*\", \"write\": \"POST /save\", \"tag\": \"form\"}");

  private static final String SAMPLES = "io.github.conflictguard.servlet.spring";
  private static final String PAGE_JSP =
      """
      <%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
      <html><head><title>Record</title></head><body>
      <form method="post" action="save"><input name="name" value="\u20ac"></form>
      <% out.flush(); %></body></html>
      """;
  private static final String DECORATOR_JSP =
      """
      <%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
      <%@ taglib uri="http://www.opensymphony.com/sitemesh/decorator" prefix="decorator" %>
      <html><head><title>Decorated: <decorator:title/></title></head>
      <body><h1>Menu</h1><decorator:body/></body></html>
      """;
  private static final String DECORATOR_HTML =
      """
      <html><head><title>Decorated: <sitemesh:write property='title'/></title></head>
      <body><h1>Menu</h1><sitemesh:write property='body'/></body></html>
      """;
  private static final String DECORATORS_2 =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <decorators defaultdir="/decorators">
        <decorator name="main" page="main.jsp"><pattern>/decorated/*</pattern></decorator>
      </decorators>
      """;
  private static final String DECORATORS_3 =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <sitemesh><mapping path="/decorated/*" decorator="/decorators/main.html"/></sitemesh>
      """;

  private final Guard guard;
  private final String rule;
  private final String mode;

  SpringWar(Guard guard, String rule) {
    this(guard, rule, "protect");
  }

  SpringWar(Guard guard, String rule, String mode) {
    this.guard = guard;
    this.rule = rule;
    this.mode = mode;
  }

  @Override
  public String folder() {
    return "spring-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String about() {
    return path() + "/mvc/stored/text";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    boolean javax = server.namespace == Namespace.JAVAX;
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf(SAMPLES)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    if (guard != Guard.NONE) {
      files.put(
          "WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    }
    Path libraries =
        Path.of(
            System.getProperty("containers.folder"), "../libraries", javax ? "spring5" : "spring6");
    try (Stream<Path> jars = Files.list(libraries)) {
      for (Path jar : jars.toList()) {
        files.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
      }
    }
    files.put("WEB-INF/page.jsp", PAGE_JSP.getBytes(UTF_8));
    files.put("decorators/main.jsp", (javax ? DECORATOR_JSP : "").getBytes(UTF_8));
    files.put("decorators/main.html", DECORATOR_HTML.getBytes(UTF_8));
    files.put("WEB-INF/decorators.xml", DECORATORS_2.getBytes(UTF_8));
    files.put("WEB-INF/sitemesh3.xml", DECORATORS_3.getBytes(UTF_8));
    files.put("WEB-INF/conflict-guard.json", ("{\"rules\": [" + rule + "]}").getBytes(UTF_8));
    files.put("WEB-INF/web.xml", descriptor(server, javax).getBytes(UTF_8));
    return files;
  }

  private String descriptor(ServerKind server, boolean javax) throws IOException {
    String lines = Readme.linesOfWebXml();
    return DESCRIPTOR
        .replace("ATTRIBUTES", server.namespace.descriptor)
        .replace("MODE", mode)
        .replace("FIRST", guard == Guard.FIRST ? lines : "")
        .replace("LAST", guard == Guard.LAST ? lines : "")
        .replace(
            "SITEMESH",
            javax
                ? "com.opensymphony.sitemesh.webapp.SiteMeshFilter"
                : "org.sitemesh.config.ConfigurableSiteMeshFilter");
  }

  private enum Guard {
    NONE,
    JAR_ALONE,
    FIRST,
    LAST
  }

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app ATTRIBUTES>
        <context-param>
          <param-name>conflictguard.mode</param-name>
          <param-value>MODE</param-value>
        </context-param>
        FIRST
        <filter>
          <filter-name>springSessionRepositoryFilter</filter-name>
          <filter-class>io.github.conflictguard.servlet.spring.SessionFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>springSessionRepositoryFilter</filter-name>
          <url-pattern>/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>ERROR</dispatcher>
        </filter-mapping>
        <filter>
          <filter-name>springSecurityFilterChain</filter-name>
          <filter-class>io.github.conflictguard.servlet.spring.SecurityChain</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>springSecurityFilterChain</filter-name>
          <url-pattern>/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>ERROR</dispatcher>
          <dispatcher>FORWARD</dispatcher>
        </filter-mapping>
        <filter>
          <filter-name>sitemesh</filter-name>
          <filter-class>SITEMESH</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>sitemesh</filter-name>
          <url-pattern>/decorated/*</url-pattern>
        </filter-mapping>
        LAST
        <servlet>
          <servlet-name>mvc</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.spring.SpringMvc</servlet-class>
          <async-supported>true</async-supported>
        </servlet>
        <servlet-mapping>
          <servlet-name>mvc</servlet-name>
          <url-pattern>/mvc/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>form</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.spring.FormPage</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>form</servlet-name>
          <url-pattern>/plain/form</url-pattern>
        </servlet-mapping>
        <servlet-mapping>
          <servlet-name>form</servlet-name>
          <url-pattern>/decorated/form</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>jsp-page</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.spring.JspPage</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>jsp-page</servlet-name>
          <url-pattern>/jsp/*</url-pattern>
        </servlet-mapping>
        <servlet-mapping>
          <servlet-name>jsp-page</servlet-name>
          <url-pattern>/decorated/jsp</url-pattern>
        </servlet-mapping>
      </web-app>
      """;
}
