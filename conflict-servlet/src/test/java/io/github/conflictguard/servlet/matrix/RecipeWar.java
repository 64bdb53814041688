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
  SPRING("spring", "spring-mvc", "spring5", "spring6") {
    @Override
    String edit(String id) {
      return "/customers/" + id + "/edit";
    }

    @Override
    String create() {
      return "/customers/new";
    }

    @Override
    String cancel() {
      return "_cancel";
    }

    @Override
    FormClient login(FormClient client, String name) throws IOException {
      client.open("/login", 0).with("username", name).with("password", "secret").press("");
      return client;
    }

    @Override
    boolean asks() {
      return true;
    }
  },

  /** Struts 1.3, with the token of its actions and its button that cancels. */
  STRUTS1("struts1", "struts1", "struts1", null) {
    @Override
    String edit(String id) {
      return "/editCustomer.do?id=" + id;
    }

    @Override
    String create() {
      return "/newCustomer.do";
    }

    @Override
    String cancel() {
      return "org.apache.struts.taglib.html.CANCEL";
    }

    @Override
    boolean hasSpentTokens() {
      return true;
    }
  },

  /** Stripes 1.5, whose buttons name what is to be done. */
  STRIPES("stripes", "stripes", "stripes", null) {
    @Override
    String edit(String id) {
      return "/customer.action?edit=&id=" + id;
    }

    @Override
    String create() {
      return "/customer.action?create=";
    }

    @Override
    String save() {
      return "save";
    }

    @Override
    String add() {
      return "add";
    }

    @Override
    String cancel() {
      return "cancel";
    }

    @Override
    String field(String name) {
      return "customer." + name;
    }

    @Override
    FormClient.Answer delete(FormClient.Answer page) throws IOException {
      return page.form(0).press("delete");
    }
  },

  /** Struts 2.5, with its token and with buttons that name a method or an action. */
  STRUTS2("struts2", "struts2", "struts2", null) {
    @Override
    String edit(String id) {
      return "/editCustomer.action?id=" + id;
    }

    @Override
    String create() {
      return "/newCustomer.action";
    }

    @Override
    String save() {
      return "method:save";
    }

    @Override
    String cancel() {
      return "method:back";
    }

    @Override
    String field(String name) {
      return "customer." + name;
    }

    @Override
    boolean hasSpentTokens() {
      return true;
    }

    @Override
    FormClient.Answer delete(FormClient.Answer page) throws IOException {
      return page.form(0).press("action:deleteCustomer");
    }
  },

  /** JSF with its view states: Mojarra 2.2 and MyFaces 3.0. */
  JSF("jsf", "jsf", "mojarra", "myfaces") {
    @Override
    String edit(String id) {
      return "/customer.xhtml?id=" + id;
    }

    @Override
    String create() {
      return "/customer.xhtml";
    }

    @Override
    String save() {
      return "customer:save";
    }

    @Override
    String cancel() {
      return "customer:cancel";
    }

    @Override
    String field(String name) {
      return "customer:" + name;
    }

    @Override
    FormClient.Answer delete(FormClient.Answer page) throws IOException {
      return page.form(0).press("customer:delete");
    }
  },

  /** A servlet that is told by a parameter what to do. */
  ACTION("action", "servlet-action", "", "") {
    @Override
    String edit(String id) {
      return "/customer?action=edit&id=" + id;
    }

    @Override
    String create() {
      return "/customer?action=new";
    }

    @Override
    String cancel() {
      return "cancel";
    }

    @Override
    int mistakeStatus() {
      return 422;
    }

    @Override
    FormClient.Answer delete(FormClient.Answer page) throws IOException {
      return page.follow("Delete");
    }
  };

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

  private final String application;
  private final String recipe;
  private final String javaxLibraries;
  private final String jakartaLibraries;

  RecipeWar(String application, String recipe, String javaxLibraries, String jakartaLibraries) {
    this.application = application;
    this.recipe = recipe;
    this.javaxLibraries = javaxLibraries;
    this.jakartaLibraries = jakartaLibraries;
  }

  /** Those that a server can run. */
  static List<RecipeWar> on(ServerKind server) {
    return Arrays.stream(values()).filter(war -> war.libraries(server) != null).toList();
  }

  /** The page with the form of a customer. */
  abstract String edit(String id);

  /** The page with the form of a new customer. */
  abstract String create();

  /** The name of the button that saves; "" where it has none. */
  String save() {
    return "";
  }

  /** The name of the button that adds a new customer. */
  String add() {
    return save();
  }

  /** Whether the recipe lets the guard ask for the page. */
  boolean asks() {
    return false;
  }

  /** The status of a page that shows a form again because of its mistakes. */
  int mistakeStatus() {
    return 200;
  }

  /** Whether the framework refuses what is sent from one page for the second time. */
  boolean hasSpentTokens() {
    return false;
  }

  /** The name of the button that goes back without saving. */
  abstract String cancel();

  /** The name that the form gives to a field of the customer. */
  String field(String name) {
    return name;
  }

  /** Gives a client a session. */
  FormClient login(FormClient client, String name) throws IOException {
    client.get(create());
    return client;
  }

  /** Deletes the customer of a page by its second form. */
  FormClient.Answer delete(FormClient.Answer page) throws IOException {
    return page.form(1).press("");
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
