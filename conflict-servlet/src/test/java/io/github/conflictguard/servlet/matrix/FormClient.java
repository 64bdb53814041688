package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Opens pages, fills in their forms and presses their buttons, with cookies of its own. */
final class FormClient {

  private final HttpClient client;
  private final String root;

  /**
   * Opens a browser without a page.
   *
   * @param root the address of the application
   */
  FormClient(String root) {
    this.root = root;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
  }

  /** Sends a GET, and does not follow redirects. */
  Answer get(String path) throws IOException {
    return send("GET", URI.create(root + path), null);
  }

  /** The form of a page, by its index. */
  Filled open(String path, int index) throws IOException {
    Answer page = get(path);
    if (page.status() != 200) {
      throw new AssertionError(path + ": " + page);
    }
    return page.form(index);
  }

  /** Sends a request with a body, and headers as name, value, name, value. */
  Answer send(String method, URI address, String body, String... headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return new Answer(address, client.send(request.build(), BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** A page, or what came in its place. */
  final class Answer {

    private final URI address;
    private final HttpResponse<String> response;

    private Answer(URI address, HttpResponse<String> response) {
      this.address = address;
      this.response = response;
    }

    int status() {
      return response.statusCode();
    }

    boolean isRedirect() {
      return status() == 302 || status() == 303;
    }

    String text() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** One of its forms, as it is shown. */
    Filled form(int index) {
      List<FormSnapshot> forms = HtmlForms.read(text());
      if (forms.size() <= index) {
        throw new AssertionError("no form " + index + ": " + this);
      }
      return new Filled(address, forms.get(index));
    }

    /** Follows the link with this text. */
    Answer follow(String text) throws IOException {
      Matcher link =
          Pattern.compile("<a [^>]*href=[\"']([^\"']*)[\"'][^>]*>\\s*" + text).matcher(text());
      if (!link.find()) {
        throw new AssertionError("no link " + text + ": " + this);
      }
      return send("GET", address.resolve(link.group(1).replace("&amp;", "&")), null);
    }

    @Override
    public String toString() {
      return address + " " + status() + " " + response.headers().map() + "\n" + text();
    }
  }

  /** A form with what was typed. */
  final class Filled {

    private final URI page;
    private final FormSnapshot form;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Filled(URI page, FormSnapshot form) {
      this.page = page;
      this.form = form;
      for (FormField field : form.fields()) {
        if (field.kind() != FieldKind.SUBMIT && field.kind() != FieldKind.FILE) {
          values.computeIfAbsent(field.name(), n -> new ArrayList<>()).addAll(field.values());
        }
      }
    }

    /** What a field holds; "" when the form has none of that name, or nothing in it. */
    String value(String name) {
      return values.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }

    Filled with(String name, String... typed) {
      values.put(name, List.of(typed));
      return this;
    }

    /** Presses the button of a name; "" for one without. The form stays as it is. */
    Answer press(String button) throws IOException {
      Map<String, List<String>> sent = new LinkedHashMap<>(values);
      if (!button.isEmpty()) {
        FormField pressed = form.field(button);
        if (pressed == null) {
          throw new AssertionError("no button " + button + " in " + form.fields());
        }
        sent.put(button, List.of(pressed.values().isEmpty() ? "" : pressed.values().get(0)));
      }
      String body =
          sent.entrySet().stream()
              .flatMap(field -> field.getValue().stream().map(one -> pair(field.getKey(), one)))
              .collect(Collectors.joining("&"));
      URI target = page.resolve(form.target(page.toString()));
      return send("POST", target, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    private String pair(String name, String value) {
      String lines = value.replace("\r\n", "\n").replace("\n", "\r\n");
      return URLEncoder.encode(name, UTF_8) + '=' + URLEncoder.encode(lines, UTF_8);
    }
  }
}
