package io.github.conflictguard.servlet.config;

import jakarta.servlet.ServletException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The validated settings of what developers of clients read. Immutable. */
public final class PortalSettings {

  private static final String PROBLEMS = "/conflict-guard/problems/";

  private final @Nullable String problemBase;
  private final boolean clientScript;
  private final PortalAccess access;

  PortalSettings(SettingReader given, MonitorSettings monitor) throws ServletException {
    this.problemBase =
        given.parsed(
            Setting.PROBLEM_BASE,
            PortalSettings::base,
            "absolute addresses that end with /, such as"
                + " https://app.example.org/office/conflict-guard/problems/");
    this.clientScript = given.trueOrFalse(Setting.CLIENT_SCRIPT);
    this.access = given.oneOf(Setting.PORTAL, PortalAccess.values(), PortalAccess::code);
    if (access == PortalAccess.MONITOR && !monitor.access().isOn()) {
      throw given.wrong(
          "portal has the value 'monitor', and there is no monitor",
          "portal = monitor where monitor is not off, and portal = off and portal = public"
              + " anywhere");
    }
  }

  /** RFC 9457, 3.1.1, recommends absolute URIs, because the base of relative ones may differ. */
  private static String base(String text) {
    URI uri = URI.create(text);
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException("it does not begin with https:// or http:// and a host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it has a user, a query or a fragment");
    }
    if (!text.endsWith("/")) {
      throw new IllegalArgumentException("it does not end with /");
    }
    return text;
  }

  /** Returns the beginning of the URIs of problem types; null for tag URIs. */
  public @Nullable String problemBase() {
    return problemBase;
  }

  /** Returns whether those URIs lead to the pages of the filter. */
  public boolean areProblemPagesServed() {
    return problemBase != null && problemBase.endsWith(PROBLEMS);
  }

  /** Returns whether the module for browsers is served. */
  public boolean isClientScriptServed() {
    return clientScript;
  }

  /** Returns who may see the pages that contain the paths of rules. */
  public PortalAccess access() {
    return access;
  }

  /** Returns whether those who may see the pages of problems may see the other ones as well. */
  public boolean isLinkedFromProblems() {
    return access == PortalAccess.PUBLIC
        || (access == PortalAccess.MONITOR && !areProblemPagesServed());
  }

  /** Returns whether those who may see the monitor may see the page that lists guarded paths. */
  public boolean isHelpServed() {
    return access != PortalAccess.OFF;
  }

  /** Returns whether anything is served to developers of clients. */
  public boolean isOn() {
    return clientScript || areProblemPagesServed() || access != PortalAccess.OFF;
  }

  /** Who may see the pages that contain the paths of rules. */
  public enum PortalAccess {
    /** There are no such pages. */
    OFF,

    /** Those who may see the monitor. */
    MONITOR,

    /** Every client whose request reaches the filter. */
    PUBLIC;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
