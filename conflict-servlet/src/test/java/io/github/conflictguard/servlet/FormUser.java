package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A person with or without a session, who fills in forms and sends them as a browser does. */
final class FormUser {

  private final FilterServer server;
  private final String[] headers;

  private FormUser(FilterServer server, String... headers) {
    this.server = server;
    this.headers = headers;
  }

  /** One whom {@code /login} gives a session. */
  static FormUser loggedIn(FilterServer server) throws Exception {
    String cookie =
        server.send("GET", "/login").headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    return new FormUser(server, "Cookie", cookie, "Accept", "text/html");
  }

  static FormUser anonymous(FilterServer server) {
    return new FormUser(server, "Accept", "text/html");
  }

  HttpResponse<String> get(String path) throws Exception {
    return server.send("GET", path, headers);
  }

  /** The first form of a page. */
  Filled open(String path) throws Exception {
    return filled(path, get(path).body());
  }

  Filled filled(String path, String page) {
    List<FormSnapshot> forms = HtmlForms.read(page);
    if (forms.isEmpty()) {
      throw new AssertionError("No form in " + page);
    }
    return new Filled("/app" + path, forms.get(0));
  }

  /** The same form with the same content, sent by this person. */
  Filled filledLike(Filled other) {
    Filled own = new Filled(other.page, other.form);
    own.values.putAll(other.values);
    return own;
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/x-www-form-urlencoded";
    return server.sendBody("POST", path, body, all);
  }

  /** Sends a text field and a file, which is empty when none was chosen. */
  HttpResponse<String> upload(String target, String name, String value, String file, String content)
      throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "multipart/form-data; boundary=xx";
    String part = "--xx\r\nContent-Disposition: form-data; name=\"";
    return server.sendBody(
        "POST",
        target.substring("/app".length()),
        part
            + name
            + "\"\r\n\r\n"
            + value
            + "\r\n"
            + part
            + file
            + "\"; filename=\""
            + (content.isEmpty() ? "" : "a.png")
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            + content
            + "\r\n--xx--\r\n",
        all);
  }

  /** A form with what was typed. */
  final class Filled {

    final FormSnapshot form;
    private final String page;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Filled(String page, FormSnapshot form) {
      this.page = page;
      this.form = form;
      for (FormField field : form.fields()) {
        if (field.kind() != FieldKind.SUBMIT && field.kind() != FieldKind.FILE) {
          values.computeIfAbsent(field.name(), n -> new ArrayList<>()).addAll(field.values());
        }
      }
    }

    String token() {
      return values.getOrDefault("_conflictguard", List.of()).stream().findFirst().orElse(null);
    }

    Filled with(String name, String... typed) {
      values.put(name, List.of(typed));
      return this;
    }

    Filled without(String name) {
      values.remove(name);
      return this;
    }

    HttpResponse<String> send() throws Exception {
      return sendTo(form.target(page));
    }

    /** Presses a button that has a name and a value. */
    HttpResponse<String> press(String name, String value) throws Exception {
      return with(name, value).send();
    }

    HttpResponse<String> sendTo(String target) throws Exception {
      return post(
          target.substring("/app".length()),
          values.entrySet().stream()
              .flatMap(field -> field.getValue().stream().map(one -> pair(field.getKey(), one)))
              .collect(Collectors.joining("&")));
    }

    private static String pair(String name, String value) {
      return URLEncoder.encode(name, UTF_8) + '=' + URLEncoder.encode(value, UTF_8);
    }
  }
}
