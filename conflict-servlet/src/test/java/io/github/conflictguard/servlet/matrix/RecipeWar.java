package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.conflictguard.servlet.ConflictFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small application made of a framework, with the rules file of the framework's recipe. */
enum RecipeWar implements War {
  /** Spring MVC behind Spring Security: versions 5 and 6. */
  SPRING(
      "spring",
      "spring-mvc",
      "spring5",
      "spring6",
      new CustomerForm("/customers/%s/edit", "/customers/new", "", "").cancelledBy("_cancel")),

  /** Struts 1.3, with the token of its actions and its button that cancels. */
  STRUTS1(
      "struts1",
      "struts1",
      "struts1",
      null,
      new CustomerForm("/editCustomer.do?id=%s", "/newCustomer.do", "", "")
          .cancelledBy("org.apache.struts.taglib.html.CANCEL")),

  /** Stripes 1.5, whose buttons name what is to be done. */
  STRIPES(
      "stripes",
      "stripes",
      "stripes",
      null,
      new CustomerForm("/customer.action?edit=&id=%s", "/customer.action?create=", "save", "add")
          .named("customer.")
          .deletedBy("delete")),

  /** Struts 2.5, with its token and with buttons that name a method or an action. */
  STRUTS2(
      "struts2",
      "struts2",
      "struts2",
      null,
      new CustomerForm(
              "/editCustomer.action?id=%s", "/newCustomer.action", "method:save", "method:save")
          .named("customer.")
          .cancelledBy("method:back")
          .deletedBy("action:deleteCustomer")),

  /** JSF with its view states: Mojarra 2.2 and MyFaces 3.0. */
  JSF(
      "jsf",
      "jsf",
      "mojarra",
      "myfaces",
      new CustomerForm("/customer.xhtml?id=%s", "/customer.xhtml", "customer:save", "customer:save")
          .named("customer:")
          .cancelledBy("customer:cancel")
          .deletedBy("customer:delete")),

  /** A servlet that is told by a parameter what to do, and deletes by a link. */
  ACTION(
      "action",
      "servlet-action",
      "",
      "",
      new CustomerForm("/customer?action=edit&id=%s", "/customer?action=new", "", "")),

  /** A wiki, whose buttons are save, preview and cancel. */
  WIKI("wiki", "wiki", "", "", new CustomerForm("", "", "save", "save")),

  /** JSON resources of JAX-RS: Jersey 2 and 3. */
  JAX_RS("jaxrs", "jax-rs", "jersey2", "jersey3", new CustomerForm("", "", "", ""));

  private static final String LEDGER =
      """
      <servlet>
        <servlet-name>ledger</servlet-name>
        <servlet-class>office.Ledger</servlet-class>
      </servlet>
      <servlet-mapping>
        <servlet-name>ledger</servlet-name>
        <url-pattern>/ledger</url-pattern>
      </servlet-mapping>
      """;

  final CustomerForm form;
  private final String application;
  private final String recipe;
  private final String javaxLibraries;
  private final String jakartaLibraries;

  RecipeWar(
      String application,
      String recipe,
      String javaxLibraries,
      String jakartaLibraries,
      CustomerForm form) {
    this.application = application;
    this.recipe = recipe;
    this.javaxLibraries = javaxLibraries;
    this.jakartaLibraries = jakartaLibraries;
    this.form = form;
  }

  /** Those that a server can run. */
  static List<RecipeWar> on(ServerKind server) {
    return Arrays.stream(values()).filter(war -> war.libraries(server) != null).toList();
  }

  /** Whether it has pages on which customers are added, changed and deleted. */
  boolean hasCustomerForms() {
    return this != WIKI && this != JAX_RS;
  }

  /** The status of a page that shows a form again because of its mistakes. */
  int mistakeStatus() {
    return this == ACTION ? 422 : 200;
  }

  /** Whether the recipe lets the guard ask for the page. */
  boolean asks() {
    return this == SPRING || this == WIKI;
  }

  /** Whether the framework refuses what is sent from one page for the second time. */
  boolean hasSpentTokens() {
    return this == STRUTS1 || this == STRUTS2;
  }

  /** Gives a client a session. */
  FormClient login(FormClient client, String name) throws IOException {
    if (this == SPRING) {
      client.open("/login", 0).with("username", name).with("password", "secret").press("");
    } else {
      client.get(form.create());
    }
    return client;
  }

  @Override
  public String folder() {
    return "recipe-" + application;
  }

  @Override
  public String about() {
    return path() + "/ledger";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Namespace namespace = server.namespace;
    String folder = libraries(server);
    List<Path> libraries =
        folder.isEmpty()
            ? List.of()
            : ApplicationSources.below(
                Path.of(System.getProperty("containers.folder"), "../libraries", folder), ".jar");
    Map<String, byte[]> files = new LinkedHashMap<>(ApplicationSources.web(application, namespace));
    ApplicationSources.classes(application, libraries, namespace)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    for (Path jar : libraries) {
      files.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
    }
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(namespace.dropIn.file()));
    try (InputStream rules =
        ConflictFilter.class.getResourceAsStream("recipes/" + recipe + ".json")) {
      files.put("WEB-INF/conflict-guard.json", rules.readAllBytes());
    }
    String descriptor = new String(files.get("WEB-INF/web.xml"), UTF_8);
    files.put(
        "WEB-INF/web.xml",
        descriptor
            .replace("ATTRIBUTES", namespace.descriptor)
            .replace("GUARD", Readme.linesOfWebXml())
            .replace("LEDGER", LEDGER)
            .getBytes(UTF_8));
    return files;
  }

  private String libraries(ServerKind server) {
    return server.namespace == Namespace.JAVAX ? javaxLibraries : jakartaLibraries;
  }
}
