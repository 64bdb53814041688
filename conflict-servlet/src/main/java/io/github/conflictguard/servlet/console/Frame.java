package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.console.access.AccessControl;
import io.github.conflictguard.servlet.console.access.Session;
import io.github.conflictguard.servlet.console.html.Asset;
import io.github.conflictguard.servlet.console.html.Html;
import io.github.conflictguard.servlet.console.pages.Pages;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what all pages of the monitor have around their parts. */
final class Frame {

  private final Pages pages;
  private final String application;
  private final boolean isHelpLinked;

  /**
   * Creates the frame of pages.
   *
   * @param application the context path
   * @param isHelpLinked whether they lead to the page that lists guarded paths
   */
  Frame(Pages pages, String application, boolean isHelpLinked) {
    this.pages = pages;
    this.application = application;
    this.isHelpLinked = isHelpLinked;
  }

  /**
   * Returns a page.
   *
   * @param query the parameters of its address, which its other formats share; empty for none
   * @param counts numbers in the navigation, by page
   * @param session the session that can be ended; null for none
   */
  String page(
      String name,
      String query,
      List<Section> sections,
      Words words,
      Map<String, Long> counts,
      @Nullable Session session,
      String etag) {
    Html html = head(words, words.text("page." + name), "");
    html.element("a", words.text("skip"), "class", "skip", "href", "#main");
    html.open("div", "class", "side");
    html.open("a", "class", "brand", "href", "./").text("Conflict Guard");
    html.element("small", application.isEmpty() ? "/" : application).close();
    navigation(html, name, words, counts);
    html.close();
    html.open("div", "class", "page").open("main", "id", "main", "tabindex", "-1");
    html.open("div", "class", "head").element("h1", words.text("page." + name));
    html.open("div", "class", "formats");
    format(html, name, query, "json", "JSON");
    format(html, name, query, "csv", "CSV");
    html.close().close();
    html.element("p", words.text("page." + name + ".lead"), "class", "lead");
    sections.forEach(section -> section.write(html, words));
    html.close().open("footer");
    html.element(
        "span",
        "",
        "class",
        "live",
        "hidden",
        "",
        "role",
        "status",
        "data-tag",
        etag,
        "data-on",
        words.text("live.on"),
        "data-off",
        words.text("live.off"));
    html.element("span", words.text("zone", words.zone().getId()));
    html.element("a", words.text("report"), "href", "report");
    if (isHelpLinked) {
      html.element("a", words.text("help"), "href", "help/");
    }
    if (session != null) {
      html.open("form", "method", "post", "action", "sign-out");
      html.empty(
          "input",
          "type",
          "hidden",
          "name",
          AccessControl.FORM_TOKEN,
          "value",
          session.formToken());
      html.element("button", words.text("sign-out"), "type", "submit").close();
    }
    return html.close().close().close().close().toString();
  }

  /** Returns what determines the entity tag of a page: everything but the tag itself. */
  static String content(List<Section> sections, Words words, Map<String, Long> counts) {
    Html html = new Html();
    html.text(words.language()).text(counts.toString());
    sections.forEach(section -> section.write(html, words));
    return html.toString();
  }

  /** Returns the page that requires the token. */
  static String signIn(Words words, @Nullable String problem) {
    Html html = head(words, words.text("sign-in"), "sign");
    html.open("main").open("section").element("h1", words.text("sign-in"));
    html.element("p", words.text("sign-in.lead"));
    if (problem != null) {
      html.open("div", "class", "notice lost", "role", "alert");
      html.element("p", words.text(problem)).close();
    }
    html.open("form", "method", "post", "action", "sign-in");
    html.element("label", words.text("sign-in.token"), "for", "token");
    html.empty(
        "input",
        "id",
        "token",
        "name",
        AccessControl.TOKEN,
        "type",
        "password",
        "autocomplete",
        "off",
        "autofocus",
        "",
        "required",
        "");
    html.element("button", words.text("sign-in.submit"), "type", "submit", "class", "primary");
    return html.close().close().close().close().close().toString();
  }

  private static Html head(Words words, String title, String bodyClass) {
    Html html = Html.document().open("html", "lang", words.language()).open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.empty("meta", "name", "robots", "content", "noindex");
    html.element("title", title + " · Conflict Guard");
    html.empty("link", "rel", "stylesheet", "href", Asset.STYLE.name());
    if (bodyClass.isEmpty()) {
      html.script(Asset.SCRIPT);
    }
    return html.close().open("body", "class", bodyClass.isEmpty() ? null : bodyClass);
  }

  private void navigation(Html html, String current, Words words, Map<String, Long> counts) {
    html.open("nav", "aria-label", words.text("navigation"));
    pages
        .groups()
        .forEach(
            (group, names) -> {
              html.element("h2", words.text("group." + group)).open("ul");
              for (String name : names) {
                boolean here = name.equals(current) || name.equals(current + "s");
                html.open("li")
                    .open(
                        "a",
                        "href",
                        name.equals(Pages.FIRST) ? "./" : name,
                        "aria-current",
                        here ? "page" : null);
                html.text(words.text("page." + name));
                Long count = counts.get(name);
                if (count != null && count > 0) {
                  html.element("span", words.number(count), "class", "count observed");
                }
                html.close().close();
              }
              html.close();
            });
    html.close();
  }

  private static void format(Html html, String name, String query, String format, String label) {
    String page = name.equals(Pages.FIRST) ? "./" : name;
    String separator = query.isEmpty() ? "?" : "?" + query + "&";
    html.element("a", label, "href", page + separator + "format=" + format);
  }
}
