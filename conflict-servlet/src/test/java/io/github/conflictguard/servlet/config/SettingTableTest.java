package io.github.conflictguard.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.MarkdownTable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of settings in the documentation agrees with {@link Setting}. */
class SettingTableTest {

  private final MarkdownTable table =
      MarkdownTable.with("bufferLimit", "name", "default", "consequence");

  private final SettingTexts texts = new SettingTexts();

  @Test
  void tableHasARowForEachSettingAndNoOther() {
    List<String> names = table.rows().stream().map(row -> row.get(0)).toList();
    assertEquals(
        new HashSet<>(Setting.names().stream().map(name -> "`" + name + "`").toList()),
        new HashSet<>(names));
    assertEquals(Setting.names().size(), names.size());
  }

  @ParameterizedTest
  @EnumSource
  void rowHasTheDefaultAndBeginsWithTheSentence(Setting setting) {
    List<String> row = table.row(setting.parameter());
    SettingValue usual = setting.usual();
    assertEquals(usual == null ? "none" : usual.text, row.get(1).replace("`", ""));
    assertTrue(
        (row.get(2) + " ").startsWith(sentence(setting) + " "),
        "'" + row.get(2) + "' does not begin with '" + sentence(setting) + "'");
  }

  @ParameterizedTest
  @EnumSource
  void sentenceIsOneAndNamesTheUnit(Setting setting) {
    String sentence = sentence(setting);
    assertTrue(sentence.endsWith(".") && !sentence.contains(". "), sentence);
    if (setting.unit() != Setting.Unit.NONE) {
      assertTrue(sentence.contains(setting.unit().name().toLowerCase(Locale.ROOT)), sentence);
    }
    assertEquals(
        setting.parameter().endsWith("Millis"),
        setting.unit() == Setting.Unit.MILLISECONDS,
        sentence);
  }

  private String sentence(Setting setting) {
    return texts.effect(setting.parameter());
  }
}
