package io.github.conflictguard.servlet.browser;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An application with a form of everything, which has never heard of conflicts. */
final class RecordOffice {

  static final String RULES =
      """
      {"rules": [
        {"name": "records", "key": "record/{id}", "read": "/edit?id={id:number}",
         "write": ["POST /save?form.id={id:number}", "POST /upload?id={id:number}"],
         "tag": "form", "allowInternalGet": %s}
      ]}
      """;

  private static final List<String> FIELDS =
      List.of("name", "phone", "city", "rating", "contact", "active", "topics", "lines", "notes");

  final AtomicInteger writes = new AtomicInteger();
  private final Map<String, Map<String, List<String>>> records = new ConcurrentHashMap<>();
  private final Charset charset;

  RecordOffice(Charset charset) {
    this.charset = charset;
  }

  FilterServer on(FilterServer server) {
    return server
        .handle("/edit", this::edit)
        .handle("/save", this::save)
        .handle("/upload", this::upload)
        .handle(
            "/saved",
            (request, response) -> {
              response.setContentType("text/html;charset=UTF-8");
              response.getWriter().write("<!DOCTYPE html><title>Saved</title><h1>Saved</h1>");
            });
  }

  void put(String id, String name, String... values) {
    records
        .computeIfAbsent(id, key -> new ConcurrentHashMap<>())
        .put(name, new ArrayList<>(List.of(values)));
  }

  List<String> get(String id, String name) {
    return records.getOrDefault(id, Map.of()).getOrDefault(name, List.of());
  }

  private void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.getSession();
    String id = request.getParameter("id");
    response.setContentType("text/html;charset=" + charset.name());
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html><title>Record</title><h1>Record ").append(id).append("</h1>");
    form(page, id, "save", "");
    form(page, id, "upload?id=" + id, " enctype=\"multipart/form-data\"");
    response.getWriter().write(page.toString());
  }

  private void form(StringBuilder page, String id, String action, String more) {
    String key = action.substring(0, 1);
    page.append("<form method=post action=\"").append(action).append('"').append(more).append('>');
    page.append("<input type=hidden name=id value=").append(id).append('>');
    for (String line : get(id, "lines")) {
      page.append("<input type=hidden name=lines value=\"").append(escaped(line)).append("\">");
    }
    for (String name : List.of("name", "phone", "city")) {
      page.append("<p><label for=%s%s>%s</label> ".formatted(key, name, name));
      page.append("<input id=%s%s name=%s value=\"%s\">".formatted(key, name, name, one(id, name)));
    }
    page.append(
        "<p><label for=%srating>Rating</label><select id=%srating name=rating>"
            .formatted(key, key));
    options(page, id, "rating", List.of("bronze", "silver", "gold"));
    page.append("</select><p>");
    for (String way : List.of("mail", "phone")) {
      page.append(
          "<label><input type=radio name=contact value=%s%s>by %s</label>"
              .formatted(way, get(id, "contact").contains(way) ? " checked" : "", way));
    }
    page.append(
        "<label><input type=checkbox name=active%s>active</label>"
            .formatted(get(id, "active").isEmpty() ? "" : " checked"));
    page.append(
        "<p><label for=%stopics>Topics</label><select multiple id=%stopics name=topics>"
            .formatted(key, key));
    options(page, id, "topics", List.of("news", "fair", "party", "books"));
    page.append(
        "</select><p><label for=%snotes>Notes</label><textarea rows=8 id=%snotes name=notes>\n"
            .formatted(key, key));
    page.append(one(id, "notes")).append("</textarea>");
    if (!more.isEmpty()) {
      page.append("<p><label>Photo <input type=file name=photo></label>");
    }
    page.append("<p><button name=do value=save>Save record</button>");
    page.append("<button name=do value=archive>Archive record</button></form>");
  }

  private void options(StringBuilder page, String id, String name, List<String> values) {
    for (String value : values) {
      page.append(
          "<option value=%s%s>The %s</option>"
              .formatted(value, get(id, name).contains(value) ? " selected" : "", value));
    }
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.setCharacterEncoding(charset.name());
    String id = request.getParameter("id");
    for (String name : FIELDS) {
      String[] values = request.getParameterValues(name);
      put(id, name, values == null ? new String[0] : values);
    }
    put(id, "done", String.valueOf(request.getParameter("do")));
    writes.incrementAndGet();
    response.sendRedirect("saved");
  }

  private void upload(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.setAttribute(
        "org.eclipse.jetty.multipartConfig",
        new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
    try {
      Part photo = request.getPart("photo");
      String id = request.getParameter("id");
      put(
          id,
          "photo",
          photo == null
              ? ""
              : new String(photo.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (jakarta.servlet.ServletException e) {
      throw new IOException(e);
    }
    save(request, response);
  }

  private String one(String id, String name) {
    List<String> values = get(id, name);
    return values.isEmpty() ? "" : escaped(values.get(0));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
