package io.github.conflictguard.servlet.weaving;

import io.github.conflictguard.servlet.config.DeclaredFilter;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.RulesOfApplication;
import io.github.conflictguard.servlet.config.WeavingWay;
import io.github.conflictguard.servlet.doctor.StartReport;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the weaving of a web application once, as early as possible, and compares at the start of
 * the filter the methods that should be guarded with those that are.
 */
public final class Weaving {

  private static final Logger LOG = FilterNames.log();

  /** The attributes have string values only: another copy of this class may have set them. */
  private static final String WHY_NOT = Weaving.class.getName() + ".whyNot";

  private Weaving() {}

  /**
   * Starts weaving before the filter is initialized, if there will be one, and ends with the
   * application.
   *
   * @throws ServletException if a setting or the rules file is invalid
   */
  public static void begin(ServletContext context) throws ServletException {
    FilterConfig declared = DeclaredFilter.in(context);
    if (declared != null) {
      FilterSettings settings = FilterSettings.read(declared);
      Rules rules = RulesOfApplication.read(declared, settings.rules());
      context.addListener(new End(begin(declared, settings, rules)));
    }
  }

  /**
   * Starts weaving, unless an initializer has done so.
   *
   * @return to be closed with the filter; null if it is closed elsewhere
   */
  public static @Nullable ApplicationWeaver beginIfNobodyHas(
      FilterConfig config, FilterSettings settings, Rules rules) throws ServletException {
    return config.getServletContext().getAttribute(WHY_NOT) == null
        ? begin(config, settings, rules)
        : null;
  }

  private static ApplicationWeaver begin(
      FilterConfig config, FilterSettings settings, Rules rules) {
    ServletContext context = config.getServletContext();
    ApplicationWeaver weaver =
        ApplicationWeaver.start(
            settings.weaving(),
            context.getClassLoader(),
            rules.guarded(),
            line -> LOG.warning(StartReport.start(context) + "weaving: " + line));
    context.setAttribute(WHY_NOT, weaver.whyNot());
    return weaver;
  }

  /**
   * Reports which methods are guarded and which are not.
   *
   * @throws ServletException if a method is not guarded, and strict weaving is configured
   */
  public static void report(
      FilterConfig config, FilterSettings settings, Rules rules, StartReport startReport)
      throws ServletException {
    // Applications that use only the filter need not wait until every library has been read.
    List<String> ofAgent = WeavingReport.targetsOfAgent();
    boolean libraries =
        settings.strictWeaving()
            || !ofAgent.isEmpty()
            || !rules.guarded().isEmpty()
            || settings.weaving() == WeavingWay.CONTAINER
            || settings.weaving() == WeavingWay.ATTACH;
    ServletContext context = config.getServletContext();
    WeavingReport report;
    try {
      String whyNot = String.valueOf(context.getAttribute(WHY_NOT));
      report = WeavingReport.of(context, libraries, rules.guarded(), ofAgent, whyNot);
    } catch (IOException | RuntimeException e) {
      // Neither is a reason to stop an application, unless strict weaving is configured.
      if (settings.strictWeaving()) {
        throw new ServletException("It cannot be seen what is guarded", e);
      }
      LOG.log(Level.WARNING, StartReport.start(context) + "it cannot be seen what is guarded", e);
      return;
    }
    startReport.say("weaving: " + report + (libraries ? "" : " (WEB-INF/lib was not looked at)"));
    report.limited().forEach(startReport::warn);
    List<String> unguarded = report.unguarded();
    if (settings.strictWeaving() && !unguarded.isEmpty()) {
      throw new ServletException(
          "Filter '"
              + config.getFilterName()
              + "': strictWeaving requires a guard for every method that requests one. Without: "
              + unguarded);
    }
    unguarded.forEach(each -> startReport.warn("NOT guarded: " + each));
  }

  /** Ends the weaving when the application ends. */
  private static final class End implements ServletContextListener {

    private final ApplicationWeaver weaver;

    End(ApplicationWeaver weaver) {
      this.weaver = weaver;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
      // Started before.
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      weaver.close();
    }
  }
}
