package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.config.ConfiguredSettings;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.MonitorAccess;
import io.github.conflictguard.servlet.config.PortalSettings;
import io.github.conflictguard.servlet.console.access.Access;
import io.github.conflictguard.servlet.console.access.AccessControl;
import io.github.conflictguard.servlet.console.access.Session;
import io.github.conflictguard.servlet.console.html.Asset;
import io.github.conflictguard.servlet.console.html.Phrases;
import io.github.conflictguard.servlet.console.pages.MonitorData;
import io.github.conflictguard.servlet.console.section.Words;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import io.github.conflictguard.servlet.doctor.StartReport;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.monitor.ConflictFilterMXBean;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves the monitor to those who may see it, in front of everything else that the filter does. Its
 * requests are matched with no rule, take no lock and are not counted. To any other client the path
 * is one of the application's own. Safe for use by several threads.
 */
public final class Console {

  /** The path of the monitor inside the web application. */
  public static final String PATH = "/conflict-guard";

  private static final Logger LOG = FilterNames.log();
  private static final int UNAUTHORIZED = HttpServletResponse.SC_UNAUTHORIZED;
  private static final int TOO_MANY_REQUESTS = 429;

  private final AccessControl access;
  private final Screens screens;
  private final Changes changes;
  private final String logStart;

  /**
   * Creates the monitor of one filter.
   *
   * @param portal what else is served below its path
   * @return null where the settings do not switch it on
   */
  public static @Nullable Console of(
      FilterConfig config,
      PortalSettings portal,
      StartReport report,
      @Nullable MonitorModel model,
      ConflictFilterMXBean control,
      MonitorData.RuleModes modes,
      Doctor doctor) {
    if (model == null || !model.settings().access().isOn()) {
      return null;
    }
    boolean byToken = model.settings().access().kind() == MonitorAccess.Kind.TOKEN;
    for (SetupFinding finding :
        byToken ? Collections.<SetupFinding>emptyList() : doctor.findings()) {
      if (finding.getCode().equals("security-after-guard")) {
        report.warn(
            "the monitor is open to certain users only, and no user is known before the filter that"
                + " controls access; it cannot be opened until that filter comes before this one,"
                + " or monitor is 'token'");
      }
    }
    MonitorData data =
        new MonitorData(
            model,
            control,
            modes,
            new ConfiguredSettings(config)::effective,
            () -> Arrays.asList(report.version(), "order of the filters: " + doctor.order()));
    ServletContext context = config.getServletContext();
    return new Console(
        data, context.getContextPath(), StartReport.start(context), portal.isHelpServed());
  }

  /**
   * Creates the monitor of one filter.
   *
   * @param application the context path
   * @param logStart the beginning of lines in the log
   * @param isHelpLinked whether its pages lead to the page that lists guarded paths
   */
  Console(MonitorData data, String application, String logStart, boolean isHelpLinked) {
    this.access = new AccessControl(data.model().settings(), application + PATH, System::nanoTime);
    this.screens = new Screens(data, application, isHelpLinked);
    this.changes = new Changes(data, logStart);
    this.logStart = logStart;
    String token = access.generatedToken();
    if (token != null) {
      LOG.info(
          logStart
              + "the monitor is at "
              + application
              + PATH
              + "/ and requires this token, until the next start: "
              + token);
    }
  }

  /** Returns the access of a request to the monitor. A wrong token in the header counts. */
  public Access accessOf(HttpServletRequest request) {
    return access.of(request);
  }

  /**
   * Serves a request if it is for the monitor and its sender may see it.
   *
   * @return whether it has; if not, nothing has happened
   */
  public boolean serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = RequestPath.of(request);
    boolean deeper = path.length() > PATH.length();
    if (!path.startsWith(PATH) || (deeper && path.charAt(PATH.length()) != '/')) {
      return false;
    }
    Access granted = access.of(request);
    if (granted == Access.NONE) {
      return false;
    }
    try {
      serve(request, response, granted, path.substring(PATH.length()));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, logStart + "the monitor could not serve a request", e);
      if (!response.isCommitted()) {
        new Reply(request, response)
            .status(HttpServletResponse.SC_INTERNAL_SERVER_ERROR)
            .send(Reply.TEXT, "The monitor could not create this page. The log has the cause.\n");
      }
    }
    return true;
  }

  private void serve(
      HttpServletRequest request, HttpServletResponse response, Access granted, String rest)
      throws IOException {
    if (request.getCharacterEncoding() == null) {
      // That of the pages, whose forms are sent.
      request.setCharacterEncoding(StandardCharsets.UTF_8.name());
    }
    Reply reply = new Reply(request, response);
    String method = request.getMethod();
    boolean reads = method.equals("GET") || method.equals("HEAD");
    String name = rest.isEmpty() ? "" : rest.substring(1);
    Asset asset = Asset.named(name);
    if (!reads && !method.equals("POST")) {
      reply.header("Allow", "GET, HEAD, POST").status(405).send(Reply.TEXT, "GET or POST only.\n");
    } else if (reads && asset != null) {
      reply.send(asset);
    } else if (reads && rest.isEmpty()) {
      reply.seeOther(PATH.substring(1) + "/");
    } else if (!reads && name.equals("sign-in")) {
      signIn(request, response, reply);
    } else if (granted != Access.GRANTED) {
      refuse(request, reply, granted);
    } else if (reads) {
      Session session = isPage(request) ? access.session(request, response) : null;
      screens.show(
          request,
          reply,
          name,
          session,
          access.areChangesOffered() && session != null,
          access.isByToken());
    } else {
      change(request, response, reply, name);
    }
  }

  private static boolean isPage(HttpServletRequest request) {
    String format = request.getParameter("format");
    return format == null || format.equals("html");
  }

  private void signIn(HttpServletRequest request, HttpServletResponse response, Reply reply)
      throws IOException {
    Access result = access.signIn(request, response);
    if (result == Access.GRANTED) {
      reply.seeOther("./");
    } else {
      refuse(request, reply, result, "sign-in.wrong");
    }
  }

  private void refuse(HttpServletRequest request, Reply reply, Access result) throws IOException {
    boolean tried = request.getHeader("Authorization") != null;
    refuse(request, reply, result, tried ? "sign-in.wrong" : null);
  }

  private void refuse(
      HttpServletRequest request, Reply reply, Access result, @Nullable String problem)
      throws IOException {
    boolean wait = result == Access.WAIT;
    if (wait) {
      reply.status(TOO_MANY_REQUESTS).header("Retry-After", "60");
    } else {
      // A browser shows no dialog for this scheme, but the page.
      reply.status(UNAUTHORIZED).header("WWW-Authenticate", "Bearer realm=\"Conflict Guard\"");
    }
    reply.send(Reply.HTML, Frame.signIn(words(request), wait ? "sign-in.wait" : problem));
  }

  private void change(
      HttpServletRequest request, HttpServletResponse response, Reply reply, String name)
      throws IOException {
    if (name.equals("sign-out") && access.signOut(request, response)) {
      reply.seeOther("./");
      return;
    }
    if (!name.equals("change") || !access.permitsChange(request)) {
      reply
          .status(HttpServletResponse.SC_FORBIDDEN)
          .send(
              Reply.TEXT,
              access.areChangesOffered()
                  ? "Nothing was changed: the request does not come from a current page of the"
                      + " monitor. Reload the page and try again.\n"
                  : "Nothing was changed: the setting monitorWrites is not true.\n");
      return;
    }
    String page = changes.perform(request, access.user(request));
    if (page == null) {
      reply
          .status(HttpServletResponse.SC_BAD_REQUEST)
          .send(Reply.TEXT, "Nothing was changed: there is no such rule, mode or action.\n");
    } else {
      reply.seeOther(page);
    }
  }

  /** Returns the words of a page that is made now. */
  static Words words(HttpServletRequest request) {
    return new Words(Phrases.of(request), ZoneId.systemDefault(), Instant.now());
  }
}
