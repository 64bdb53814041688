package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.console.html.Asset;
import io.github.conflictguard.servlet.console.html.Html;
import io.github.conflictguard.servlet.console.pages.Page;
import io.github.conflictguard.servlet.console.pages.Pages;
import io.github.conflictguard.servlet.console.pages.Visit;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.Words;
import java.util.List;

/** All pages as one HTML file that needs no server. */
final class Report {

  private final Pages pages;
  private final String application;

  Report(Pages pages, String application) {
    this.pages = pages;
    this.application = application;
  }

  /** Returns the file. */
  String of(Visit visit) {
    Words words = visit.words();
    Html html = Html.document().asFile().open("html", "lang", words.language()).open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src " + Asset.STYLE.source());
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", words.text("report") + " " + application).inline(Asset.STYLE);
    html.close().open("body", "class", "report").open("main");
    html.open("div", "class", "head").element("h1", words.text("report")).close();
    html.open("p", "class", "lead")
        .text(words.text("report.of", application, words.now().atZone(words.zone()).toString()))
        .close();
    for (List<String> names : pages.groups().values()) {
      for (String name : names) {
        Page page = pages.named(name);
        if (page != null) {
          html.element("h2", words.text("page." + name), "class", "chapter");
          for (Section section : page.sections(visit)) {
            section.write(html, words);
          }
        }
      }
    }
    return html.close().close().close().toString();
  }
}
