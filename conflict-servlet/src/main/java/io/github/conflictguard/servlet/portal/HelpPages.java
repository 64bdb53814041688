package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.config.PortalSettings;
import io.github.conflictguard.servlet.console.html.Html;
import io.github.conflictguard.servlet.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The page that lists all that is served, and for each guarded path how it is read, written and
 * retried. Safe for use by several threads.
 */
final class HelpPages {

  private final PortalSettings settings;
  private final GuardedPaths paths;
  private final Frame frame;
  private final String application;
  private final String keyHeader;

  /**
   * Creates the page.
   *
   * @param application the context path
   * @param keyHeader the header of idempotency keys
   */
  HelpPages(
      PortalSettings settings,
      GuardedPaths paths,
      Frame frame,
      String application,
      String keyHeader) {
    this.keyHeader = keyHeader;
    this.settings = settings;
    this.paths = paths;
    this.frame = frame;
    this.application = application;
  }

  /** Returns the page, whose name is empty; null for any other name. */
  @Nullable Document named(String name, Language language) {
    return name.isEmpty()
        ? frame.page(
            language,
            "help/",
            language.text("help"),
            language.text("help.lead", application.isEmpty() ? "/" : application),
            html -> write(html, language))
        : null;
  }

  private void write(Html html, Language language) {
    links(html, language);
    html.open("section").element("h2", language.text("heading.commands"));
    html.element("p", language.text("commands"));
    Frame.code(html, "BASE=https://HOST" + application);
    html.close();
    if (paths.rules().isEmpty()) {
      html.open("section").element("p", language.text("no-rules")).close();
    }
    paths.rules().forEach(rule -> rule(html, rule, language));
  }

  private void links(Html html, Language language) {
    html.open("section").element("h2", language.text("heading.links")).open("ul");
    link(html, "../problems/", language.text("link.problems"));
    link(html, "../openapi.json", "OpenAPI 3.0.3");
    link(html, "../openapi.json?version=3.1", "OpenAPI 3.1.0");
    if (settings.isClientScriptServed()) {
      link(html, "../client.js", language.text("link.client"));
      link(html, "../client.d.ts", language.text("link.types"));
    }
    html.close();
    if (settings.isClientScriptServed()) {
      html.element("p", language.text("kit"));
      Frame.code(html, lines());
      html.element("p", language.text("kit.forms"));
    }
    html.close();
  }

  private String lines() {
    return "import {conflictGuard} from '"
        + application
        + "/conflict-guard/client.js';\n"
        + "const guard = conflictGuard({base: '"
        + application
        + "'});\n"
        + "await guard.update('/api/customers/1', current => ({...current, phone: '2'}));";
  }

  private static void link(Html html, String address, String text) {
    html.open("li").element("a", text, "href", address).close();
  }

  private void rule(Html html, Rule rule, Language language) {
    html.open("section").element("h2", rule.name());
    boolean isProtected = true;
    boolean isWritten = false;
    StringBuilder reads = new StringBuilder();
    StringBuilder writes = new StringBuilder();
    for (Operation operation : paths.of(rule)) {
      isProtected = operation.isProtected();
      isWritten |= operation.isWrite();
      (operation.isWrite() ? writes : reads).append(Command.of(operation, keyHeader)).append('\n');
    }
    if (!isProtected) {
      html.open("div", "class", "notice observed").element("p", language.text("observed")).close();
    }
    if (reads.length() > 0) {
      html.element("h3", language.text("heading.read"));
      Frame.code(html, reads.toString().trim());
    }
    if (isWritten) {
      html.element("h3", language.text("heading.write"));
      Frame.code(html, writes.toString().trim());
      if (rule.forms() != null) {
        html.element("p", language.text("write.form"));
      }
      retry(html, rule, language);
    }
    html.close();
  }

  private void retry(Html html, Rule rule, Language language) {
    html.element("h3", language.text("heading.retry"));
    boolean required = paths.of(rule).stream().anyMatch(Operation::isPreconditionRequired);
    html.open("ul");
    step(html, "stale-version", language.text("retry.stale"));
    if (required) {
      step(html, "precondition-required", language.text("retry.required"));
    }
    step(html, "locked", language.text("retry.locked"));
    html.element("li", language.text("retry.other")).close();
  }

  private static void step(Html html, String kind, String text) {
    html.open("li").element("a", kind, "href", "../problems/" + kind).text(": " + text).close();
  }
}
