package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.console.html.Asset;
import io.github.conflictguard.servlet.console.html.Html;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what all pages have around their content: plain HTML with a style sheet. Immutable. */
final class Frame {

  private final ProblemKinds kinds;
  private final boolean isHelpLinked;

  /**
   * Creates the frame of pages.
   *
   * @param isHelpLinked whether pages of problems lead to the page that lists guarded paths
   */
  Frame(ProblemKinds kinds, boolean isHelpLinked) {
    this.kinds = kinds;
    this.isHelpLinked = isHelpLinked;
  }

  /**
   * Returns a page of a folder below the one of the monitor.
   *
   * @param name its address relative to {@code /conflict-guard/}, empty for no entry of the list
   * @param lead the sentence below its title; null for none
   */
  Document page(
      Language language, String name, String title, @Nullable String lead, Consumer<Html> content) {
    Html html = Html.document().open("html", "lang", language.code()).open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.empty("meta", "name", "robots", "content", "noindex");
    html.element("title", title + " · Conflict Guard");
    html.empty("link", "rel", "stylesheet", "href", "../" + Asset.STYLE.name());
    html.close().open("body");
    html.element("a", language.text("skip"), "class", "skip", "href", "#main");
    navigation(html, language, name);
    html.open("div", "class", "page").open("main", "id", "main", "tabindex", "-1");
    html.open("div", "class", "head").element("h1", title);
    html.open("div", "class", "formats");
    Language other = language.other();
    html.element(
        "a",
        other.text("language"),
        "href",
        "?lang=" + other.code(),
        "hreflang",
        other.code(),
        "lang",
        other.code());
    html.close().close();
    if (lead != null) {
      html.element("p", lead, "class", "lead");
    }
    content.accept(html);
    html.close().close().close().close();
    return Document.page(html.toString(), language.code());
  }

  private void navigation(Html html, Language language, String name) {
    html.open("div", "class", "side");
    html.open("a", "class", "brand", "href", "../problems/").text("Conflict Guard");
    html.element("small", language.text("brand")).close();
    html.open("nav", "aria-label", language.text("navigation"));
    if (isHelpLinked) {
      html.element("h2", language.text("group.application")).open("ul");
      entry(html, "help/", language.text("help"), name);
      html.close();
    }
    html.element("h2", language.text("group.problems")).open("ul");
    entry(html, "problems/", language.text("problems"), name);
    for (String kind : kinds.all()) {
      entry(html, "problems/" + kind, kind, name);
    }
    html.close().close().close();
  }

  private static void entry(Html html, String address, String text, String current) {
    html.open("li")
        .open(
            "a", "href", "../" + address, "aria-current", address.equals(current) ? "page" : null);
    html.text(text).close().close();
  }

  /** Writes lines of code, which are reached by keyboard where they do not fit the screen. */
  static void code(Html html, String text) {
    html.open("pre", "tabindex", "0").element("code", text).close();
  }
}
