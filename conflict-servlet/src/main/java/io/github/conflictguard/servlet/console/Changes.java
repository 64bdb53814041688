package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.console.pages.MonitorData;
import io.github.conflictguard.servlet.rule.Mode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Performs and logs the changes that readers of the monitor make. */
final class Changes {

  private static final Logger LOG = FilterNames.log();

  private final MonitorData data;
  private final String logStart;

  Changes(MonitorData data, String logStart) {
    this.data = data;
    this.logStart = logStart;
  }

  /**
   * Performs a change.
   *
   * @param user the name of the user; null for the holder of the token
   * @return the page that shows its effect; null if the request names no such change
   */
  @Nullable String perform(HttpServletRequest request, @Nullable String user) {
    String action = String.valueOf(request.getParameter("action"));
    switch (action) {
      case "switch":
        return turn(String.valueOf(request.getParameter("enabled")), user);
      case "mode":
        return mode(
            String.valueOf(request.getParameter("rule")),
            String.valueOf(request.getParameter("mode")),
            user);
      case "dismiss":
        return dismiss(String.valueOf(request.getParameter("advice")), user);
      default:
        return null;
    }
  }

  private @Nullable String dismiss(String advice, @Nullable String user) {
    if (!data.dismiss(advice)) {
      return null;
    }
    log(user, "dismisses the advice '" + advice + "'");
    return "advice";
  }

  private @Nullable String turn(String enabled, @Nullable String user) {
    if (!enabled.equals("true") && !enabled.equals("false")) {
      return null;
    }
    log(user, enabled.equals("true") ? "switches the filter on" : "switches the filter off");
    data.control().setEnabled(enabled.equals("true"));
    return "rules";
  }

  private @Nullable String mode(String rule, String mode, @Nullable String user) {
    if (!mode.equals(Mode.OBSERVE.code()) && !mode.equals(Mode.PROTECT.code())) {
      return null;
    }
    if (!data.setMode(rule, Mode.valueOf(mode.toUpperCase(Locale.ROOT)))) {
      return null;
    }
    log(user, "sets the mode of rule '" + rule + "' to " + mode);
    return "rules";
  }

  private void log(@Nullable String user, String change) {
    String who = user == null ? "the holder of the token" : "user '" + user + "'";
    LOG.info(logStart + "monitor: " + printable(who + ' ' + change));
  }

  /** Line breaks in a name would look like further lines of the log. */
  private static String printable(String line) {
    return line.replaceAll("[\\p{Cntrl}\u2028\u2029]", "?");
  }
}
