package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.config.SettingValue;
import io.github.conflictguard.servlet.monitor.ConflictFilterMXBean;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import io.github.conflictguard.servlet.rule.Mode;
import java.util.List;
import java.util.function.Supplier;

/** What the pages of the monitor show, and what they may change. */
public final class MonitorData {

  private final MonitorModel model;
  private final ConflictFilterMXBean control;
  private final RuleModes modes;
  private final Supplier<List<SettingValue>> settings;
  private final Supplier<List<String>> about;

  /**
   * Creates the data.
   *
   * @param settings the values of all settings, with their origin
   * @param about lines about version and position of the filter
   */
  public MonitorData(
      MonitorModel model,
      ConflictFilterMXBean control,
      RuleModes modes,
      Supplier<List<SettingValue>> settings,
      Supplier<List<String>> about) {
    this.model = model;
    this.control = control;
    this.modes = modes;
    this.settings = settings;
    this.about = about;
  }

  /** Returns what was recorded. */
  public MonitorModel model() {
    return model;
  }

  /** Returns the filter's switch and counts. */
  public ConflictFilterMXBean control() {
    return control;
  }

  /** Changes the mode of a rule until the application is restarted. */
  public boolean setMode(String rule, Mode mode) {
    return modes.set(rule, mode);
  }

  /** Dismisses advice, see {@link MonitorModel#dismiss}. Returns false if there is none such. */
  public boolean dismiss(String advice) {
    return model.dismiss(advice);
  }

  List<SettingValue> settings() {
    return settings.get();
  }

  List<String> about() {
    return about.get();
  }

  /** Changes modes of rules. */
  public interface RuleModes {

    /**
     * Changes the mode of a rule until the application is restarted.
     *
     * @return false if there is no such rule
     */
    boolean set(String rule, Mode mode);
  }
}
