package io.github.conflictguard.servlet.config;

import java.util.EnumSet;
import java.util.Set;

/** A value of a setting and where it was found. Immutable. */
public final class SettingValue {

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
