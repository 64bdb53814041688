package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.PortalSettings;
import io.github.conflictguard.servlet.config.PortalSettings.PortalAccess;
import io.github.conflictguard.servlet.console.Console;
import io.github.conflictguard.servlet.console.access.Access;
import io.github.conflictguard.servlet.console.html.Asset;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves everything below {@code /conflict-guard/}: what developers of clients read, and the
 * monitor. A path that is not served to a client is one of the application's own. Safe for use by
 * several threads.
 */
public final class Portal {

  private static final String HELP = "help/";
  private static final String PROBLEMS = "problems/";
  private static final String OPEN_API = "openapi.json";

  private final PortalSettings settings;
  private final @Nullable Console console;
  private final ClientFiles client;
  private final ProblemPages problems;
  private final HelpPages help;
  private final OpenApiDocuments openApi;

  private Portal(
      FilterSettings settings,
      Rules rules,
      Function<Rule, Mode> modes,
      ServletContext context,
      @Nullable Console console) {
    this.settings = settings.portal();
    this.console = console;
    this.client = new ClientFiles();
    ProblemKinds kinds = new ProblemKinds(settings, rules);
    GuardedPaths paths = new GuardedPaths(settings, rules, modes);
    Frame frame = new Frame(kinds, this.settings.isLinkedFromProblems());
    this.problems = new ProblemPages(kinds, frame);
    this.help =
        new HelpPages(
            this.settings, paths, frame, context.getContextPath(), settings.idempotency().header());
    this.openApi = new OpenApiDocuments(paths, kinds, context.getContextPath());
  }

  /**
   * Creates what one filter serves.
   *
   * @param modes the current mode of a rule
   * @param console the monitor; null where there is none
   * @return null where nothing is served
   */
  public static @Nullable Portal of(
      FilterSettings settings,
      Rules rules,
      Function<Rule, Mode> modes,
      ServletContext context,
      @Nullable Console console) {
    return settings.portal().isOn() || console != null
        ? new Portal(settings, rules, modes, context, console)
        : null;
  }

  /**
   * Serves a request if it is for something that its sender may see.
   *
   * @return whether it has; if not, nothing has happened
   */
  public boolean serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = RequestPath.of(request);
    String start = Console.PATH + "/";
    if (path.startsWith(start) && settings.isOn()) {
      String name = path.substring(start.length());
      if (isForAll(name) || isFile(name)) {
        open(request, response, name, true);
        return true;
      }
      if (isOfPortal(name) && settings.access() != PortalAccess.OFF) {
        boolean isPublic = settings.access() == PortalAccess.PUBLIC;
        Access access = isPublic ? Access.GRANTED : accessOf(request);
        if (access == Access.GRANTED) {
          open(request, response, name, isPublic);
          return true;
        }
        if (access != Access.NONE) {
          refuse(new Delivery(request, response), name, access);
          return true;
        }
      }
    }
    return console != null && console.serve(request, response);
  }

  private Access accessOf(HttpServletRequest request) {
    return console == null ? Access.NONE : console.accessOf(request);
  }

  private boolean isFile(String name) {
    return settings.isClientScriptServed() && client.named(name) != null;
  }

  /** Pages of problems contain nothing about the application. */
  private boolean isForAll(String name) {
    return settings.areProblemPagesServed()
        && (name.startsWith(PROBLEMS) || name.equals(Asset.STYLE.name()));
  }

  private static boolean isOfPortal(String name) {
    return name.startsWith(PROBLEMS)
        || name.startsWith(HELP)
        || name.equals(HELP.substring(0, HELP.length() - 1))
        || name.equals(OPEN_API)
        || name.equals(Asset.STYLE.name());
  }

  private static void refuse(Delivery delivery, String name, Access access) throws IOException {
    if (access == Access.WAIT) {
      delivery.refuse(429, "Too many wrong tokens were sent.", "Retry-After", "60");
    } else if (name.equals(OPEN_API)) {
      delivery.refuse(
          HttpServletResponse.SC_UNAUTHORIZED,
          "The token of the monitor is required.",
          "WWW-Authenticate",
          "Bearer realm=\"Conflict Guard\"");
    } else {
      // The page of the monitor requests its token.
      delivery.seeOther(name.indexOf('/') < 0 ? "./" : "../");
    }
  }

  private void open(
      HttpServletRequest request, HttpServletResponse response, String name, boolean isPublic)
      throws IOException {
    Delivery delivery = new Delivery(request, response);
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      delivery.refuse(405, "GET only.", "Allow", "GET, HEAD");
      return;
    }
    if (name.equals(Asset.STYLE.name())) {
      delivery.sendUnchanging(Asset.STYLE.type(), Asset.STYLE.text());
      return;
    }
    if (name.equals("help")) {
      delivery.seeOther(HELP);
      return;
    }
    Document document = document(request, name);
    if (document != null) {
      delivery.send(document, isPublic);
    } else if (name.equals(OPEN_API)) {
      delivery.refuse(400, "version is one of 3.0 and 3.1.");
    } else {
      delivery.refuse(404, "There is no such page.");
    }
  }

  private @Nullable Document document(HttpServletRequest request, String name) {
    if (isFile(name)) {
      return client.named(name);
    }
    if (name.equals(OPEN_API)) {
      return openApi.of(request.getParameter("version"));
    }
    Language language = Language.of(request);
    return name.startsWith(PROBLEMS)
        ? problems.named(name.substring(PROBLEMS.length()), language)
        : help.named(name.substring(HELP.length()), language);
  }
}
