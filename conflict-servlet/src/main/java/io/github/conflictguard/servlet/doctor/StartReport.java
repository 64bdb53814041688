package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.recorder.CommitHooks;
import io.github.conflictguard.servlet.config.ConfiguredSettings;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.RulesOfApplication;
import io.github.conflictguard.servlet.config.SettingValue;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.rule.StoreSpec;
import io.github.conflictguard.store.CommitLevel;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Logs what has started: the version, the mode, the rules, the position among the filters, and the
 * woven methods.
 */
public final class StartReport {

  private static final Logger LOG = FilterNames.log();

  private final FilterConfig config;

  public StartReport(FilterConfig config) {
    this.config = config;
  }

  /**
   * Logs the version, the mode, the rules and the order of the filters, and paths without the
   * filter.
   */
  public void log(FilterSettings settings, Rules rules, Doctor doctor) {
    say(version());
    say(mode(settings));
    say(rules(settings, rules));
    say("order of the filters: " + doctor.order());
    StoreSpec store = rules.store();
    if (store != null) {
      say(store(store));
      if (settings.formSecrets().isEmpty()
          && rules.all().stream().anyMatch(rule -> rule.forms() != null)) {
        warn(
            "the nodes share a store, and formSecret is not set: a form from one node is refused by"
                + " the others. Set the same formSecret on all of them.");
      }
    }
    List<String> mapping = doctor.mapping();
    if (!mapping.isEmpty() && !mapping.contains("/*")) {
      say("mapped to " + mapping + ": requests for other paths are not guarded");
    }
  }

  /** Logs a line that needs no attention. */
  public void say(String line) {
    LOG.info(start(config.getServletContext()) + line);
  }

  /** Logs a finding that requires attention. */
  public void warn(String finding) {
    LOG.warning(start(config.getServletContext()) + finding);
  }

  /** Returns the beginning of log lines about this web application. */
  public static String start(ServletContext context) {
    return "Conflict Guard in '" + context.getContextPath() + "': ";
  }

  /** Returns the version, and the file it comes from. */
  public String version() {
    List<String> places = JarLocations.of(config.getServletContext());
    return "version "
        + versionOfBuild()
        + (places.size() > 1 ? ", one of several copies: " : " from ")
        + String.join(", ", places);
  }

  private static String versionOfBuild() {
    Properties build = new Properties();
    try (InputStream in =
        StartReport.class.getResourceAsStream(
            "/io/github/conflictguard/servlet/version.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      // The version is unknown.
    }
    return build.getProperty("version", "unknown");
  }

  private String mode(FilterSettings settings) {
    List<SettingValue> values = new ConfiguredSettings(config).values();
    return "mode "
        + settings.mode().code()
        + (settings.enabled() ? "" : ", switched off")
        + "; settings: "
        + (values.isEmpty()
            ? "none, all as they are by default"
            : values.stream().map(SettingValue::brief).collect(Collectors.joining(", ")));
  }

  private static String store(StoreSpec store) {
    return "store of all nodes: table "
        + store.table().name()
        + " of "
        + store.dataSource()
        + "; writes are "
        + (CommitHooks.areInstalled()
            ? CommitLevel.FENCED + " in the commits that the agent sees"
            : CommitLevel.LOCAL + ": without the agent, updates of other nodes can be lost");
  }

  private static String rules(FilterSettings settings, Rules rules) {
    if (rules.all().isEmpty()) {
      return "rules: none, every path is a resource and its tag comes from its body; "
          + (settings.requiresAnyPrecondition()
              ? "forms are not guarded"
              : "only writes that carry a precondition are guarded, and no forms");
    }
    Map<String, Integer> sources = new TreeMap<>();
    for (Rule rule : rules.all()) {
      sources.merge(rule.tag().source().code(), 1, Integer::sum);
    }
    String named = settings.rules();
    return "rules: "
        + rules.all().size()
        + " from "
        + (named == null ? RulesOfApplication.USUAL_FILE : named)
        + ", by where their tags come from "
        + sources;
  }
}
