package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The old application with the jar dropped into it, in one of the ways that its owner may use. */
enum LegacyWar implements War {
  /** With the lines of the README. */
  LINES,

  /** Nothing but the jar. */
  JAR_ALONE,

  /** The same, and {@code metadata-complete="true"}. */
  COMPLETE,

  /** A descriptor of version 2.5, and nothing but the jar. */
  OLD,

  /** A descriptor of version 2.5, with the lines of the README. */
  OLD_LINES,

  /** No descriptor at all. */
  BARE,

  /** The jar may not register its filter. */
  REFUSED;

  private static final String LEGACY = "io.github.conflictguard.servlet.legacy";
  private static final String NAME_JSP =
      """
      <%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
      <p>${name}</p>
      """;
  private static final String JSON_JSP =
      """
      <%@ page contentType="application/json;charset=UTF-8" %>{"by":"page"}
      """;

  @Override
  public String about() {
    return path() + (this == BARE ? "/annotated/about" : "/about");
  }

  /** Whether it has the lines of the README. */
  boolean hasLines() {
    return this == LINES || this == OLD_LINES;
  }

  @Override
  public String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether nobody declares the filter, and nothing forbids it. */
  boolean reliesOnTheInitializer() {
    return this == JAR_ALONE || this == COMPLETE || this == OLD || this == BARE;
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf(LEGACY)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    files.put("static.txt", "a file of the application".getBytes(UTF_8));
    files.put("WEB-INF/name.jsp", NAME_JSP.getBytes(UTF_8));
    files.put("WEB-INF/json.jsp", JSON_JSP.getBytes(UTF_8));
    if (this != BARE) {
      files.put("WEB-INF/web.xml", descriptor(server).getBytes(UTF_8));
    }
    return files;
  }

  private String descriptor(ServerKind server) throws IOException {
    boolean old = this == OLD || this == OLD_LINES;
    String attributes =
        old
            ? "xmlns='http://java.sun.com/xml/ns/javaee' version='2.5'"
            : server.namespace.descriptor + (this == COMPLETE ? " metadata-complete='true'" : "");
    String text =
        DESCRIPTOR
            .replace("ATTRIBUTES", attributes)
            .replace("PAGES", server.hasJsp() ? "/WEB-INF/*.jsp" : "/pages/*")
            .replace("REGISTER", String.valueOf(this != REFUSED))
            .replace("LINES", hasLines() ? Readme.linesOfWebXml() : "");
    return old ? text.replaceAll("(?s)<!-- since 3.0 -->.*?<!-- end -->", "") : text;
  }

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app ATTRIBUTES>
        <context-param>
          <param-name>conflictguard.requirePrecondition</param-name>
          <param-value>/strict/*, /secret/*</param-value>
        </context-param>
        <context-param>
          <param-name>conflictguard.register</param-name>
          <param-value>REGISTER</param-value>
        </context-param>
        <context-param>
          <param-name>pages</param-name>
          <param-value>PAGES</param-value>
        </context-param>
        <filter>
          <filter-name>encoding</filter-name>
          <filter-class>io.github.conflictguard.servlet.legacy.EncodingFilter</filter-class>
          <!-- since 3.0 --><async-supported>true</async-supported><!-- end -->
        </filter>
        <filter-mapping>
          <filter-name>encoding</filter-name>
          <url-pattern>/*</url-pattern>
        </filter-mapping>
        LINES
        <filter>
          <filter-name>login</filter-name>
          <filter-class>io.github.conflictguard.servlet.legacy.LoginFilter</filter-class>
        </filter>
        <filter-mapping>
          <filter-name>login</filter-name>
          <url-pattern>/secret/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>FORWARD</dispatcher>
        </filter-mapping>
        <servlet>
          <servlet-name>records</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Records</servlet-class>
          <!-- since 3.0 --><async-supported>true</async-supported><!-- end -->
        </servlet>
        <servlet-mapping>
          <servlet-name>records</servlet-name>
          <url-pattern>/records/*</url-pattern>
        </servlet-mapping>
        <servlet-mapping>
          <servlet-name>records</servlet-name>
          <url-pattern>/strict/*</url-pattern>
        </servlet-mapping>
        <servlet-mapping>
          <servlet-name>records</servlet-name>
          <url-pattern>/secret/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>validated</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Validated</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>validated</servlet-name>
          <url-pattern>/validated/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>about</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.About</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>about</servlet-name>
          <url-pattern>/about</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>form</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.NameForm</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>form</servlet-name>
          <url-pattern>/form</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>page</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Page</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>page</servlet-name>
          <url-pattern>/pages/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>by</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.ByPage</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>by</servlet-name>
          <url-pattern>/by/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>download</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Download</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>download</servlet-name>
          <url-pattern>/download</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>failing</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Failing</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>failing</servlet-name>
          <url-pattern>/failing/*</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>sorry</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.ErrorPage</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>sorry</servlet-name>
          <url-pattern>/sorry</url-pattern>
        </servlet-mapping>
        <!-- since 3.0 -->
        <servlet>
          <servlet-name>upload</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Upload</servlet-class>
          <multipart-config/>
        </servlet>
        <servlet-mapping>
          <servlet-name>upload</servlet-name>
          <url-pattern>/upload</url-pattern>
        </servlet-mapping>
        <servlet>
          <servlet-name>later</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.legacy.Later</servlet-class>
          <async-supported>true</async-supported>
        </servlet>
        <servlet-mapping>
          <servlet-name>later</servlet-name>
          <url-pattern>/later</url-pattern>
        </servlet-mapping>
        <!-- end -->
        <error-page>
          <error-code>410</error-code>
          <location>/sorry</location>
        </error-page>
        <error-page>
          <exception-type>java.lang.Throwable</exception-type>
          <location>/sorry</location>
        </error-page>
      </web-app>
      """;
}
