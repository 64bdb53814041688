package io.github.conflictguard.servlet.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes of RECIPES.md, each in a small application of its shape. */
@Tag("container")
class RecipesTest {

  private final FilterServer server = new FilterServer();
  private final Map<String, String> customers = new ConcurrentHashMap<>(Map.of("7", "Ada"));
  private final AtomicInteger ids = new AtomicInteger(100);
  private Shape shape;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStaleEditIsRefusedMergedAndSaved(Shape of) throws Exception {
    start(of);
    String ada = login();
    String grace = login();
    String mine = page(shape.edit("7"), ada);
    String theirs = page(shape.edit("7"), grace);
    assertEquals(302, send(shape.edit("7"), theirs, "Grace", grace).statusCode());
    HttpResponse<String> refused = send(shape.edit("7"), mine, "Mine", ada);
    assertEquals(412, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("<p class=\"about\">Customer 7"), refused.body());
    assertTrue(refused.body().contains(">Name<"), "the label is in a cell of a table");
    HttpResponse<String> merged = refused;
    if (of != Shape.SPRING_MVC) {
      // The other recipes do not let the guard ask.
      page(shape.edit("7"), ada);
      merged = send(shape.edit("7"), refused.body(), "Mine", ada);
    }
    assertEquals(412, merged.statusCode());
    assertTrue(merged.body().contains("value=\"Grace\""), merged.body());
    assertEquals(302, send(shape.edit("7"), merged.body(), "Both", ada).statusCode());
    assertEquals("Both", customers.get("7"));
  }

  @ParameterizedTest
  @EnumSource
  void aSecondSaveFromTheSamePageIsNoConflict(Shape of) throws Exception {
    start(of);
    String ada = login();
    String mine = page(shape.edit("7"), ada);
    assertEquals(302, send(shape.edit("7"), mine, "First", ada).statusCode());
    assertEquals(302, send(shape.edit("7"), mine, "Second", ada).statusCode());
    assertEquals("Second", customers.get("7"));
  }

  @ParameterizedTest
  @EnumSource(names = {"STRUTS1", "SPRING_MVC"})
  void aFormWithMistakesMakesNobodyStale(Shape of) throws Exception {
    start(of);
    String ada = login();
    String grace = login();
    String mine = page(shape.edit("7"), ada);
    assertEquals(200, send(shape.edit("7"), page(shape.edit("7"), grace), "", grace).statusCode());
    assertEquals(302, send(shape.edit("7"), mine, "Mine", ada).statusCode());
  }

  @ParameterizedTest
  @EnumSource
  void aDoubleClickCreatesOneCustomer(Shape of) throws Exception {
    start(of);
    String ada = login();
    String form = page(shape.create(), ada);
    assertEquals(302, send(shape.create(), form, "New", ada).statusCode());
    assertEquals(302, send(shape.create(), form, "New", ada).statusCode());
    assertEquals(2, customers.size());
    assertEquals(302, send(shape.create(), page(shape.create(), ada), "New", ada).statusCode());
    assertEquals(3, customers.size());
  }

  @ParameterizedTest
  @EnumSource
  void aStaleDeletionIsRefused(Shape of) throws Exception {
    start(of);
    String ada = login();
    String grace = login();
    String mine = page(shape.edit("7"), ada);
    assertEquals(
        302, send(shape.edit("7"), page(shape.edit("7"), grace), "Grace", grace).statusCode());
    assertEquals(412, delete(mine, ada).statusCode());
    assertTrue(customers.containsKey("7"));
    assertEquals(302, delete(page(shape.edit("7"), ada), ada).statusCode());
    assertFalse(customers.containsKey("7"));
  }

  private void start(Shape of) throws Exception {
    shape = of;
    try (InputStream rules =
        ConflictFilter.class.getResourceAsStream("recipes/" + of.recipe + ".json")) {
      server.rules(new String(rules.readAllBytes(), UTF_8));
    }
    server
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession().setAttribute("a", 1))
        .handle("/", this::serve)
        .start();
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    Map<String, String[]> parameters = request.getParameterMap();
    String id = shape.idOf(path, parameters);
    String action = shape.actionOf(path, parameters);
    String name = request.getParameter("name");
    boolean get = request.getMethod().equals("GET");
    if (action.equals("delete")) {
      customers.remove(id);
      response.sendRedirect("/app/list");
    } else if (get || name.isEmpty()) {
      response.setContentType("text/html;charset=UTF-8");
      response
          .getWriter()
          .print(
              "<!DOCTYPE html><title>Customers</title>"
                  + shape.form(id, id == null ? "" : customers.getOrDefault(id, "")));
    } else {
      customers.put(id == null ? String.valueOf(ids.incrementAndGet()) : id, name);
      response.sendRedirect("/app/list");
    }
  }

  private String login() throws Exception {
    return server
        .send("GET", "/login")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";")[0];
  }

  private String page(String path, String session) throws Exception {
    HttpResponse<String> page = server.send("GET", path, "Cookie", session);
    assertEquals(200, page.statusCode());
    return page.body();
  }

  private HttpResponse<String> send(String at, String page, String name, String session)
      throws Exception {
    return send(at, HtmlForms.read(page).get(0), Map.of("name", name), session);
  }

  private HttpResponse<String> delete(String page, String session) throws Exception {
    if (shape == Shape.SERVLET_ACTION) {
      Matcher link = Pattern.compile("href=\"([^\"]*)\"").matcher(page);
      assertTrue(link.find());
      return server.send("GET", "/" + link.group(1).replace("&amp;", "&"), "Cookie", session);
    }
    return send(shape.edit("7"), HtmlForms.read(page).get(1), Map.of(), session);
  }

  private HttpResponse<String> send(
      String at, FormSnapshot form, Map<String, String> typed, String session) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    for (FormField field : form.fields()) {
      if (field.kind() != FieldKind.SUBMIT && !field.values().isEmpty()) {
        fields.put(field.name(), field.values().get(0));
      }
    }
    fields.putAll(typed);
    String body =
        fields.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return server.sendBody(
        "POST",
        form.target("/app" + at).substring("/app".length()),
        body,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Accept",
        "text/html",
        "Cookie",
        session);
  }
}
