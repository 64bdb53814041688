package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.config.SettingTexts;
import io.github.conflictguard.servlet.config.SettingValue;
import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import java.util.Collections;
import java.util.List;

/** The effective values of all settings, without secrets, where each is set, and its effect. */
final class SettingsPage implements Page {

  private final MonitorData data;

  SettingsPage(MonitorData data) {
    this.data = data;
  }

  @Override
  public List<Section> sections(Visit visit) {
    Table table =
        new Table("settings")
            .column("setting", Kind.CODE)
            .column("value", Kind.CODE)
            .column("origin", Kind.TEXT)
            .column("effect", Kind.TEXT);
    SettingTexts texts = new SettingTexts();
    for (SettingValue value : data.settings()) {
      table.row(value.name(), value.shown(), value.origin(), texts.effect(value.name()));
    }
    return Collections.singletonList(new TableSection("settings", table).note("settings.note"));
  }
}
