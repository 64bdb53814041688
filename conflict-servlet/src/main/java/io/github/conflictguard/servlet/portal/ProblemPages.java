package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.problem.Action;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.RetryHint;
import io.github.conflictguard.servlet.config.IdempotencySettings;
import io.github.conflictguard.servlet.console.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A page for each kind of problem and one that lists them. They are the same for every reader and
 * contain nothing about the application but its settings for statuses. Safe for use by several
 * threads.
 */
final class ProblemPages {

  private final ProblemKinds kinds;
  private final Frame frame;

  /** By language and name; there is one entry for each page that exists. */
  private final Map<String, Document> pages = new ConcurrentHashMap<>();

  ProblemPages(ProblemKinds kinds, Frame frame) {
    this.kinds = kinds;
    this.frame = frame;
  }

  /** Returns the page of a kind, or the list for an empty name; null if there is no such kind. */
  @Nullable Document named(String kind, Language language) {
    if (!kind.isEmpty() && !kinds.all().contains(kind)) {
      return null;
    }
    return pages.computeIfAbsent(
        language.code() + '/' + kind,
        key -> kind.isEmpty() ? list(language) : page(kind, language));
  }

  private Document list(Language language) {
    return frame.page(
        language,
        "problems/",
        language.text("problems"),
        language.text("problems.lead"),
        html -> {
          html.open("section").open("div", "class", "scroll", "tabindex", "0");
          html.open("table").element("caption", language.text("problems")).open("thead").open("tr");
          for (String column : new String[] {"kind", "status", "meaning", "again"}) {
            html.element("th", language.text("column." + column), "scope", "col");
          }
          html.close().close().open("tbody");
          kinds.all().forEach(kind -> row(html, kind, language));
          html.close().close().close().close();
        });
  }

  private void row(Html html, String kind, Language language) {
    html.open("tr").open("td", "class", "code").element("a", kind, "href", kind).close();
    html.element("td", statuses(kind), "class", "word");
    html.element("td", title(kind, language), "class", "words");
    html.element("td", again(kinds.typesOf(kind).get(0).retry(), language), "class", "words");
    html.close();
  }

  private Document page(String kind, Language language) {
    List<ProblemType> types = kinds.typesOf(kind);
    ProblemType first = types.get(0);
    return frame.page(
        language,
        "problems/" + kind,
        title(kind, language),
        language.text("kind.lead", kind, statuses(kind)),
        html -> {
          text(html, language, "meaning", textOf(kind, "meaning", first.detail(), language));
          text(html, language, "fault", textOf(kind, "fault", faultOf(first, language), language));
          cure(html, kind, first, language);
          for (ProblemType type : types) {
            sample(html, type, types.size() > 1, language);
          }
          again(html, first, language);
          headers(html, kind, language);
        });
  }

  private String statuses(String kind) {
    List<String> statuses = new ArrayList<>();
    kinds.statusesOf(kind).forEach(status -> statuses.add(String.valueOf(status)));
    return String.join(", ", statuses);
  }

  private String title(String kind, Language language) {
    return textOf(kind, "title", kinds.typesOf(kind).get(0).title(), language);
  }

  private static String textOf(String kind, String what, String otherwise, Language language) {
    return language.textOr(otherwise, "kind." + kind + '.' + what);
  }

  private static String faultOf(ProblemType type, Language language) {
    return language.text(type.status() < 409 ? "fault.client" : "fault.state");
  }

  private static void text(Html html, Language language, String heading, String text) {
    html.open("section").element("h2", language.text("heading." + heading));
    html.element("p", text).close();
  }

  private static void cure(Html html, String kind, ProblemType type, Language language) {
    html.open("section").element("h2", language.text("heading.cure"));
    String cure = language.textOr("", "kind." + kind + ".cure");
    if (!cure.isEmpty()) {
      html.element("p", cure);
    }
    html.open("ul");
    for (Action action : type.actions()) {
      html.open("li").element("code", action.name()).text(": ");
      html.text(language.textOr(action.title(), "action." + action.name())).close();
    }
    html.close().close();
  }

  private void sample(Html html, ProblemType type, boolean isOneOfSeveral, Language language) {
    Sample sample = Sample.of(type, kinds);
    String heading = language.text("heading.sample");
    html.open("section")
        .element("h2", isOneOfSeveral ? heading + ", " + kinds.statusOf(type) : heading);
    html.element("h3", language.text("sample.request"));
    Frame.code(html, sample.request());
    html.element("h3", language.text("sample.response"));
    Frame.code(html, sample.response());
    if (kinds.areFormattedByApplication()) {
      html.element("p", language.text("sample.formatted"), "class", "note");
    }
    html.close();
  }

  private static String again(RetryHint hint, Language language) {
    return language.textOr(hint.code(), "again." + hint.code());
  }

  private static void again(Html html, ProblemType type, Language language) {
    html.open("section").element("h2", language.text("heading.again"));
    html.open("div", "class", "scroll", "tabindex", "0").open("table");
    html.element("caption", language.text("heading.again")).open("thead").open("tr");
    html.element("th", "retry.advice", "scope", "col");
    html.element("th", language.text("column.again"), "scope", "col").close().close();
    html.open("tbody");
    for (RetryHint hint : RetryHint.values()) {
      boolean here = hint == type.retry();
      html.open("tr").open("td", "class", "code");
      html.element(here ? "b" : "span", hint.code()).close();
      html.open("td", "class", "words").text(again(hint, language));
      if (here) {
        html.text(" ").element("span", language.text("again.here"), "class", "badge refused");
      }
      html.close().close();
    }
    html.close().close().close().close();
  }

  private void headers(Html html, String kind, Language language) {
    html.open("section").element("h2", language.text("heading.headers"));
    html.open("dl", "class", "facts");
    IdempotencySettings keys = kinds.idempotency();
    header(html, "If-Match", language.text("header.If-Match"));
    header(html, "If-None-Match", language.text("header.If-None-Match"));
    header(html, keys.header(), language.text("header.Idempotency-Key", keys.lifetimeSeconds()));
    for (String header : new String[] {"ETag", "Retry-After", "x-should-retry", "Link"}) {
      header(html, header, language.text("header." + header));
    }
    html.open("dt").element("code", "type").close();
    html.element("dd", language.text("header.type", kind)).close().close();
  }

  private static void header(Html html, String name, String text) {
    html.open("dt").element("code", name).close();
    html.element("dd", text);
  }
}
