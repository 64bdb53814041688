package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** An application with a page that places the token by the tag. */
enum TaggedWar implements War {
  TAGGED;

  private static final String PAGE =
      """
      <%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" session="false" %>
      <%@ taglib prefix="guard" uri="tag:conflictguard.github.io,2026:forms" %>
      <form action="save.jsp" method="post"><p><guard:token/></p><input name="text"></form>
      """;
  private static final String RULES =
      """
      {"rules": [{"name": "page", "key": "page", "read": "/page.jsp", "write": "POST /save.jsp", "tag": "form"}]}
      """;

  @Override
  public String folder() {
    return "tagged";
  }

  @Override
  public String about() {
    return path() + "/about.jsp";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    files.put("WEB-INF/conflict-guard.json", RULES.getBytes(UTF_8));
    String descriptor =
        "<web-app %s>%s</web-app>".formatted(server.namespace.descriptor, Readme.linesOfWebXml());
    files.put("WEB-INF/web.xml", descriptor.getBytes(UTF_8));
    files.put("about.jsp", "there".getBytes(UTF_8));
    files.put("page.jsp", PAGE.getBytes(UTF_8));
    files.put("other.jsp", PAGE.getBytes(UTF_8));
    files.put("save.jsp", "saved".getBytes(UTF_8));
    return files;
  }
}
