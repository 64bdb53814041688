package io.github.conflictguard.servlet.recipes;

import java.util.Map;
import java.util.UUID;

/** The addresses and forms by which frameworks tell what is to be done with a customer. */
enum Shape {

  /** A servlet of its own for each sort of record, and a parameter for what is to be done. */
  SERVLET_ACTION("servlet-action") {
    @Override
    String edit(String id) {
      return "/customer?action=edit&id=" + id;
    }

    @Override
    String create() {
      return "/customer?action=new";
    }

    @Override
    String form(String id, String name) {
      return "<form method=post action=customer><input type=hidden name=action value="
          + (id == null ? "create" : "save")
          + ">"
          + fields(id, name)
          + "</form><a href=\"customer?action=delete&amp;id="
          + id
          + "\">Delete</a>";
    }

    @Override
    String actionOf(String path, Map<String, String[]> parameters) {
      return first(parameters, "action");
    }
  },

  /** An action of Struts 1 for each thing, with its transaction token. */
  STRUTS1("struts1") {
    @Override
    String edit(String id) {
      return "/editCustomer.do?id=" + id;
    }

    @Override
    String create() {
      return "/newCustomer.do";
    }

    @Override
    String form(String id, String name) {
      String token =
          "<input type=hidden name=org.apache.struts.taglib.html.TOKEN value="
              + UUID.randomUUID()
              + ">";
      return "<form name=customerForm method=post action="
          + (id == null ? "createCustomer.do" : "saveCustomer.do")
          + ">"
          + token
          + fields(id, name)
          + "</form><form method=post action=deleteCustomer.do>"
          + "<input type=hidden name=id value="
          + id
          + "><input type=submit value=Delete></form>";
    }

    @Override
    String actionOf(String path, Map<String, String[]> parameters) {
      return path.substring(1, path.indexOf("Customer"));
    }
  },

  /** Paths that name the record, as in Spring MVC, with the token of Spring Security. */
  SPRING_MVC("spring-mvc") {
    @Override
    String edit(String id) {
      return "/customers/" + id + "/edit";
    }

    @Override
    String create() {
      return "/customers/new";
    }

    @Override
    String form(String id, String name) {
      String token = "<input type=hidden name=_csrf value=" + UUID.randomUUID() + ">";
      return "<form id=customer method=post>"
          + token
          + fields(null, name)
          + "</form><form method=post action=\"/app/customers/"
          + id
          + "/delete\">"
          + token
          + "<button>Delete</button></form>";
    }

    @Override
    String actionOf(String path, Map<String, String[]> parameters) {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    String idOf(String path, Map<String, String[]> parameters) {
      return path.endsWith("/new") ? null : path.split("/")[2];
    }
  };

  final String recipe;

  Shape(String recipe) {
    this.recipe = recipe;
  }

  /** Where the form of a customer is. */
  abstract String edit(String id);

  /** Where the form of a new customer is. */
  abstract String create();

  /** The forms of a page; without an id that of a new customer. */
  abstract String form(String id, String name);

  abstract String actionOf(String path, Map<String, String[]> parameters);

  String idOf(String path, Map<String, String[]> parameters) {
    return first(parameters, "id");
  }

  private static String fields(String id, String name) {
    return (id == null ? "" : "<input type=hidden name=id value=" + id + ">")
        + "<table><tr><td>Name:</td><td><input name=name value=\""
        + name
        + "\"></td></tr></table><input type=submit value=Save>";
  }

  private static String first(Map<String, String[]> parameters, String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }
}
