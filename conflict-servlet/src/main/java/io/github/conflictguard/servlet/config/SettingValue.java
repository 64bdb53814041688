package io.github.conflictguard.servlet.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value of a setting and where it was found. Immutable. */
public final class SettingValue {

  /** The prefix of system properties and context parameters. */
  static final String PREFIX = "conflictguard.";

  private static final Set<Setting> SECRETS =
      EnumSet.of(Setting.FORM_SECRET, Setting.MONITOR_TOKEN);

  /** The value, without white space at its ends. */
  public final String text;

  private final Setting setting;
  private final String place;

  SettingValue(Setting setting, String place, String text) {
    this.setting = setting;
    this.place = place;
    this.text = text.trim();
  }

  /** Returns the value with the place where it is set; null when it is not set. */
  static @Nullable SettingValue of(Setting setting, FilterConfig config) {
    String own = config.getInitParameter(setting.parameter());
    if (own != null && System.getProperty(PREFIX + setting.parameter()) == null) {
      return new SettingValue(setting, "init-param " + setting.parameter(), own);
    }
    return of(setting, config.getServletContext());
  }

  /** Returns the value if there is no filter yet, and thus no init-param. */
  public static @Nullable SettingValue of(Setting setting, ServletContext context) {
    String name = PREFIX + setting.parameter();
    String property = System.getProperty(name);
    if (property != null) {
      return new SettingValue(setting, "system property " + name, property);
    }
    String value = context.getInitParameter(name);
    return value == null ? null : new SettingValue(setting, "context-param " + name, value);
  }

  /** Returns the value for a list in the log, in which secrets are omitted. */
  public String brief() {
    return place + " = " + shown();
  }

  /** Returns the name of the setting, without any prefix. */
  public String name() {
    return setting.parameter();
  }

  /** Returns where the value is set. */
  public String origin() {
    return place;
  }

  /** Returns the value, in place of which secrets have three dots. */
  public String shown() {
    return SECRETS.contains(setting) ? "..." : text;
  }

  /** Returns the beginning of a message about this value. */
  @Override
  public String toString() {
    return place + " has the value '" + text + "'";
  }
}
