package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.console.access.Session;
import io.github.conflictguard.servlet.console.format.Csv;
import io.github.conflictguard.servlet.console.format.JsonTables;
import io.github.conflictguard.servlet.console.format.PrometheusText;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Address;
import io.github.conflictguard.servlet.console.pages.MonitorData;
import io.github.conflictguard.servlet.console.pages.Page;
import io.github.conflictguard.servlet.console.pages.Pages;
import io.github.conflictguard.servlet.console.pages.Visit;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the pages of the monitor, in the format that the address names. */
final class Screens {

  private static final String[] PARAMETERS = {
    "pattern", "rule", "resource", "outcome", "n", "instance"
  };

  private final MonitorData data;
  private final Pages pages;
  private final Frame frame;
  private final Report report;

  Screens(MonitorData data, String application, boolean isHelpLinked) {
    this.data = data;
    this.pages = new Pages(data);
    this.frame = new Frame(pages, application, isHelpLinked);
    this.report = new Report(pages, application);
  }

  /**
   * Sends a page.
   *
   * @param session null for clients without one
   * @param mayChange whether the page has buttons that change something
   * @param endable whether the session can be ended
   */
  void show(
      HttpServletRequest request,
      Reply reply,
      String name,
      @Nullable Session session,
      boolean mayChange,
      boolean endable)
      throws IOException {
    Words words = Console.words(request);
    String given = request.getParameter("format");
    String format = given == null ? "html" : given;
    Page page = pages.named(name.isEmpty() ? Pages.FIRST : name);
    if (name.equals("metrics") || (page != null && format.equals("prometheus"))) {
      reply.send(PrometheusText.TYPE, Metrics.of(data));
    } else if (name.equals("report")) {
      String day = words.now().atZone(words.zone()).toLocalDate().toString();
      reply
          .header("Content-Disposition", "attachment; filename=\"conflict-guard-" + day + ".html\"")
          .send(Reply.HTML, report.of(new Visit(words, any -> null, null, data.model()::advice)));
    } else if (page == null) {
      reply.status(404).send(Reply.TEXT, "The monitor has no such page.\n");
    } else {
      String formToken = session != null && mayChange ? session.formToken() : null;
      Visit visit = new Visit(words, request::getParameter, formToken, data.model()::advice);
      String shown = name.isEmpty() ? Pages.FIRST : name;
      show(request, reply, shown, page.sections(visit), visit, format, endable ? session : null);
    }
  }

  private void show(
      HttpServletRequest request,
      Reply reply,
      String name,
      List<Section> sections,
      Visit visit,
      String format,
      @Nullable Session session)
      throws IOException {
    switch (format) {
      case "html":
        Words words = visit.words();
        Map<String, Long> counts = counts(visit);
        String etag = Reply.etag(Frame.content(sections, words, counts));
        reply.send(
            Reply.HTML,
            frame.page(name, query(request), sections, words, counts, session, etag),
            etag);
        break;
      case "json":
        String json = JsonTables.of(name, tables(sections));
        reply.send(Reply.JSON, json, Reply.etag(json));
        break;
      case "csv":
        List<Table> tables = tables(sections);
        String csv = tables.isEmpty() ? "" : Csv.of(tables.get(0));
        reply.header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        reply.send(Csv.TYPE, csv, Reply.etag(csv));
        break;
      default:
        reply.status(400).send(Reply.TEXT, "format is one of html, json, csv and prometheus.\n");
    }
  }

  private static List<Table> tables(List<Section> sections) {
    List<Table> tables = new ArrayList<>();
    sections.forEach(section -> tables.addAll(section.tables()));
    return tables;
  }

  private static String query(HttpServletRequest request) {
    List<String> given = new ArrayList<>();
    for (String name : PARAMETERS) {
      String value = request.getParameter(name);
      if (value != null) {
        given.add(name);
        given.add(value);
      }
    }
    String address = Address.of("", given.toArray(new String[0]));
    return address.isEmpty() ? "" : address.substring(1);
  }

  private Map<String, Long> counts(Visit visit) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("worklist", (long) data.model().open().size());
    counts.put("advice", (long) visit.advice().size());
    counts.put("findings", (long) data.model().findings().size());
    return counts;
  }
}
