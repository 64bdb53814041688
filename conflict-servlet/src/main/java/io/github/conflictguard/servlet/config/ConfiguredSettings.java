package io.github.conflictguard.servlet.config;

import jakarta.servlet.FilterConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The settings in the configuration of one filter. */
public final class ConfiguredSettings {

  private final FilterConfig config;

  /** Creates the settings of a filter. */
  public ConfiguredSettings(FilterConfig config) {
    this.config = config;
  }

  /** Returns all values that are set, in the order of the settings. */
  public List<SettingValue> values() {
    List<SettingValue> values = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      SettingValue value = SettingValue.of(setting, config);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Returns the effective values, defaults included, in the order of the settings. */
  public List<SettingValue> effective() {
    List<SettingValue> values = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      SettingValue given = SettingValue.of(setting, config);
      SettingValue value = given == null ? setting.usual() : given;
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * Returns a message for each old name that is set anywhere: with the new name, or that the
   * setting no longer exists.
   */
  List<String> renamed() {
    List<String> renamed = new ArrayList<>();
    RenamedSettings.messages()
        .forEach(
            (old, message) -> {
              String prefixed = SettingValue.PREFIX + old;
              if (System.getProperty(prefixed) != null) {
                renamed.add("system property " + prefixed + " " + message);
              } else if (config.getInitParameter(old) != null) {
                renamed.add("init-param " + old + " " + message);
              } else if (config.getServletContext().getInitParameter(prefixed) != null) {
                renamed.add("context-param " + prefixed + " " + message);
              }
            });
    return renamed;
  }

  /**
   * Returns the names of init-params and context-params that have the filter's prefix and are not a
   * setting.
   */
  List<String> unknown() {
    List<String> known = Setting.names();
    String prefix = SettingValue.PREFIX;
    List<String> unknown = new ArrayList<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (name.equals(Setting.REGISTER.parameter())) {
        unknown.add("init-param " + name + " (rather than context-param " + prefix + name + ")");
      } else if (!known.contains(name)) {
        unknown.add("init-param " + name);
      }
    }
    for (String name : Collections.list(config.getServletContext().getInitParameterNames())) {
      if (name.startsWith(prefix) && !known.contains(name.substring(prefix.length()))) {
        unknown.add("context-param " + name);
      }
    }
    return unknown;
  }
}
