package io.github.conflictguard.servlet.page;

import static io.github.conflictguard.servlet.growth.Growth.assertLinear;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.merge.FieldLabels;
import io.github.conflictguard.merge.LineMerge;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** Forms are merged in time proportional to their size. */
class MergeGrowthTest {

  @ParameterizedTest
  @EnumSource(FieldKind.class)
  void fieldsOfDifferentNames(FieldKind kind) {
    assertLinear(
        "merge, fields, " + kind, 1_000, size -> new Versions(kind, size, 1, 2), Versions::write);
  }

  @ParameterizedTest
  @EnumSource(value = FieldKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SELECT_ONE")
  void valuesOfOneField(FieldKind kind) {
    assertLinear(
        "merge, values, " + kind,
        1_000,
        size -> new Versions(kind, 1, size, size),
        Versions::write);
  }

  @Test
  void valuesThatAHiddenFieldShares() {
    assertLinear(
        "merge, values of two kinds",
        4_000,
        size -> {
          List<String> values = values("v", size);
          List<FormField> form =
              List.of(
                  FormField.of("a", FieldKind.HIDDEN, values),
                  FormField.of("a", FieldKind.TEXT, values));
          List<String> sent = new ArrayList<>(values("v", size));
          sent.addAll(values("w", size));
          return MergedFormInput.of(form, form, Map.of("a", sent));
        },
        MergedFormInput::merge);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "a\n", "\r", "\r\n"})
  void linesOfTexts(String line) {
    assertLinear(
        "lines, " + line.replace("\n", "LF").replace("\r", "CR"),
        20_000,
        size -> new String[] {line.repeat(size), "x" + line.repeat(size), line.repeat(size) + "y"},
        texts -> String.valueOf(LineMerge.combine(texts[0], texts[1], texts[2])).length());
  }

  @Test
  void linesThatAllDiffer() {
    assertLinear(
        "lines, all different",
        10_000,
        size ->
            new String[] {
              String.join("\n", values("a", size)),
              String.join("\n", values("b", size)),
              String.join("\n", values("c", size))
            },
        texts -> LineMerge.combine(texts[0], texts[1], texts[2]) == null ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "]", "[]", "[a]", "aB", ".", "_", "[]x"})
  void nameOfAFieldWithoutLabel(String part) {
    assertLinear("words, " + part, 20_000, part::repeat, name -> FieldLabels.of(name).length());
  }

  private static List<String> values(String start, int size) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(start + i);
    }
    return values;
  }

  private record MergedFormInput(
      List<FormField> started, List<FormField> current, Map<String, List<String>> sent) {

    static MergedFormInput of(
        List<FormField> started, List<FormField> current, Map<String, List<String>> sent) {
      return new MergedFormInput(started, current, sent);
    }

    long merge() {
      return MergedForm.of(started, current, sent, name -> false).getFields().size();
    }
  }

  /** The versions of a form, in each of which every field holds something else. */
  private static final class Versions {

    private final MergedFormInput input;
    private final ProblemDetail problem =
        ProblemDetail.of(ProblemType.STALE_VERSION, "urn:uuid:1").build();
    private final Texts texts = Texts.of(Mockito.mock(HttpServletRequest.class));

    Versions(FieldKind kind, int fields, int values, int options) {
      List<FormField> started = new ArrayList<>();
      List<FormField> current = new ArrayList<>();
      Map<String, List<String>> sent = new LinkedHashMap<>();
      List<FieldOption> offered = new ArrayList<>();
      boolean choice =
          kind == FieldKind.CHECKBOX
              || kind == FieldKind.RADIO
              || kind == FieldKind.SELECT_MANY
              || kind == FieldKind.SELECT_ONE;
      for (String option : choice ? values("s", options) : Collections.<String>emptyList()) {
        offered.add(FieldOption.of(option, "text of " + option));
      }
      for (int i = 0; i < fields; i++) {
        String name = "field" + i;
        started.add(FormField.of(name, kind, values("s", values), null, offered));
        current.add(FormField.of(name, kind, values("c", values), null, offered));
        sent.put(name, values("y", values));
      }
      this.input = MergedFormInput.of(started, current, sent);
    }

    long write() {
      MergedForm merged =
          MergedForm.of(input.started(), input.current(), input.sent(), name -> false);
      SaveAgain save = SaveAgain.to("/save", "application/x-www-form-urlencoded").build();
      return ConflictPage.write(merged, save, problem, texts).length;
    }
  }
}
