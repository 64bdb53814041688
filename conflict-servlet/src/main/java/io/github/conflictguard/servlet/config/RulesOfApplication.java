package io.github.conflictguard.servlet.config;

import io.github.conflictguard.servlet.match.InvalidRuleException;
import io.github.conflictguard.servlet.rule.RuleFile;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Finds the rules file inside the web application. */
public final class RulesOfApplication {

  /** The default path of the rules file inside the web application. */
  public static final String USUAL_FILE = "/WEB-INF/conflict-guard.json";

  private RulesOfApplication() {}

  /**
   * Reads the rules.
   *
   * @param named the path from a setting; null for the default one, which may be missing
   * @throws ServletException if the file is invalid; the message contains file, rule and field
   */
  public static Rules read(FilterConfig config, @Nullable String named) throws ServletException {
    String path = named == null ? USUAL_FILE : named;
    try (InputStream in = config.getServletContext().getResourceAsStream(path)) {
      if (in != null) {
        return RuleFile.read(in);
      }
    } catch (InvalidRuleException e) {
      throw new ServletException(
          "Filter '" + config.getFilterName() + "': " + path + ", " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ServletException(
          "Filter '" + config.getFilterName() + "': " + path + " cannot be read", e);
    }
    if (named != null) {
      throw new SettingReader(config)
          .wrong(
              "the rules file '" + named + "' is not there",
              "paths inside the web application, such as " + USUAL_FILE);
    }
    return Rules.none();
  }
}
