package io.github.conflictguard.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.HtmlForms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three versions of a form, and what is proposed. */
class MergedFormTest {

  /**
   * Versions: {@code ?} for not known, {@code -} for nothing, {@code +} between several values. The
   * proposal is marked by {@code !} where a person has to decide.
   */
  @ParameterizedTest(name = "{0}: {1} -> {3}, now {2}: {4}")
  @CsvSource({
    // kind, started, current, yours, change and proposal
    "TEXT, a, a, a, SAME a",
    "TEXT, a, a, b, ONLY_YOURS b",
    "TEXT, a, b, a, ONLY_THEIRS b",
    "TEXT, a, b, b, SAME b",
    "TEXT, a, b, c, BOTH c !",
    "TEXT, '', b, '', ONLY_THEIRS b",
    "TEXT, a, '', a, 'ONLY_THEIRS '",
    "TEXT, ?, a, a, SAME a",
    "TEXT, ?, a, b, BOTH b !",
    "TEXT, a, ?, a, SAME a",
    "TEXT, a, ?, b, ONLY_YOURS b",
    "TEXT, ?, ?, b, UNKNOWN b",
    "TEXTAREA, a/b/c, a/b/c, a/b/X, ONLY_YOURS a/b/X",
    "TEXTAREA, a/b/c, Y/b/c, a/b/X, BOTH Y/b/X",
    "TEXTAREA, a/b/c, a/b/Y, a/b/X, BOTH a/b/X !",
    "TEXTAREA, a/b/c/d/e, Y/b/Y/d/e, a/b/X/d/e, BOTH Y/b/X/d/e !",
    "TEXTAREA, ?, a/b/Y, a/b/X, BOTH a/b/X !",
    "TEXTAREA, /a, /a, /b, ONLY_YOURS /b",
    "SELECT_ONE, a, b, a, ONLY_THEIRS b",
    "SELECT_ONE, a, b, c, BOTH c !",
    "SELECT_ONE, a, ?, c, ONLY_YOURS c",
    "RADIO, a, b, c, BOTH c !",
    "RADIO, -, b, -, ONLY_THEIRS b",
    "RADIO, -, b, c, BOTH c !",
    "RADIO, -, -, c, ONLY_YOURS c",
    "CHECKBOX, -, -, on, ONLY_YOURS on",
    "CHECKBOX, on, -, on, ONLY_THEIRS -",
    "CHECKBOX, on, on, -, ONLY_YOURS -",
    "CHECKBOX, -, on, on, SAME on",
    "CHECKBOX, ?, on, -, BOTH - !",
    "CHECKBOX, -, ?, on, ONLY_YOURS on",
    "CHECKBOX, a+b, a+b+c, a, BOTH a+c",
    "CHECKBOX, a, -, a+b, BOTH b",
    "SELECT_MANY, a+b, b+d, a+b+c, BOTH b+c+d",
    "SELECT_MANY, -, a, -, ONLY_THEIRS a",
    "SELECT_MANY, ?, a, b, BOTH b !",
    "TEXT, a+b, a+b, a+c, rows: SAME a | ONLY_YOURS c",
    "TEXT, a+b, x+b, a+c, rows: ONLY_THEIRS x | ONLY_YOURS c",
    "TEXT, a+b, x+b, y+b, rows: BOTH y ! | SAME b",
    "TEXT, a+b, a+b+c, a+b, ONLY_THEIRS a+b+c",
    "TEXT, a+b, a+b+c, a+d, BOTH a+d !",
    "TEXT, a+b, a+b, a+b+c, ONLY_YOURS a+b+c",
    "SELECT_ONE, a+b, c+b, a+d, rows: ONLY_THEIRS c | ONLY_YOURS d",
  })
  void whatOneSideChangedIsTakenFromIt(
      FieldKind kind, String started, String current, String yours, String expected) {
    MergedForm form =
        MergedForm.of(form(kind, started), form(kind, current), sent(yours), name -> false);
    String found =
        form.getFields().stream().map(MergedFormTest::told).collect(Collectors.joining(" | "));
    String wanted = expected.replace("rows: ", "");
    assertEquals(wanted, found);
    assertEquals(found.contains("!"), !form.getDecisions().isEmpty());
  }

  @ParameterizedTest(name = "{0} -> {2}, now {1}: {3}")
  @CsvSource({
    "7, 7, 7, hidden 7",
    "7, 8, 7, hidden 8",
    "7, 7, 9, hidden 9",
    "7, 8, 9, BOTH 9 !",
    "7, ?, 7, hidden 7",
    "?, 8, 7, hidden 8",
    "a+b, a+b+c, a+b, hidden a+b+c",
    "a+b, ?, b+a+b, hidden b+a+b",
  })
  void whatNobodySeesIsThatOfTheCurrentPageUnlessAScriptChangedIt(
      String started, String current, String yours, String expected) {
    MergedForm form =
        MergedForm.of(
            form(FieldKind.HIDDEN, started),
            form(FieldKind.HIDDEN, current),
            sent(yours),
            name -> false);
    String found =
        form.getFields().isEmpty()
            ? "hidden "
                + form.getHidden().stream()
                    .map(HiddenField::getValue)
                    .collect(Collectors.joining("+"))
            : told(form.getFields().get(0));
    assertEquals(expected, found);
  }

  @Test
  void tokensOfFrameworksAreNoQuestionToAnybody() {
    MergedForm form =
        MergedForm.of(
            form(FieldKind.HIDDEN, "1"), form(FieldKind.HIDDEN, "2"), sent("3"), "f"::equals);
    assertEquals(List.of(), form.getFields());
    assertEquals("[f=2]", form.getHidden().toString());
  }

  @Test
  void typedTextStaysInAFieldThatIsNoValue() {
    MergedForm form =
        MergedForm.of(form(FieldKind.TEXT, ""), form(FieldKind.TEXT, ""), sent("s"), "f"::equals);
    assertEquals("[s]", form.getFields().get(0).getProposal().toString());
    assertFalse(form.getFields().get(0).isDecisionNeeded());
    assertEquals(List.of(), form.getHidden());
    form = MergedForm.of(null, form(FieldKind.TEXT, ""), sent("s"), "f"::equals);
    assertEquals("[s]", form.getFields().get(0).getProposal().toString());
  }

  @Test
  void fieldsThatAScriptAddedAreCarriedAlong() {
    Map<String, List<String>> sent = sent("a");
    sent.put("rows[1].name", List.of("x", "y"));
    MergedForm form = MergedForm.of(form(FieldKind.TEXT, "a"), null, sent, name -> false);
    assertEquals("[rows[1].name=x, rows[1].name=y]", form.getHidden().toString());
  }

  @Test
  void withNothingToCompareWithEverythingIsShown() {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    sent.put("name", List.of("Ada"));
    sent.put("notes", List.of("one\r\ntwo"));
    MergedForm form = MergedForm.of(null, null, sent, name -> false);
    assertEquals(
        List.of(FieldKind.TEXT, FieldKind.TEXTAREA),
        form.getFields().stream().map(MergedField::getKind).toList());
    assertFalse(form.isCompared());
  }

  @Test
  void passwordsAndFilesLeaveNoTrace() {
    List<FormField> page = fields("<input type=password name=p value=old><input type=file name=f>");
    Map<String, List<String>> sent = new LinkedHashMap<>();
    sent.put("p", List.of("secret"));
    sent.put("f", List.of("secret"));
    MergedForm form = MergedForm.of(page, page, sent, name -> false);
    assertEquals(List.of(), form.getHidden());
    for (MergedField field : form.getFields()) {
      assertEquals(List.of(), field.getYours());
      assertEquals(List.of(), field.getProposal());
      assertEquals(List.of(), field.getStarted());
      assertFalse(field.toString().contains("secret"));
    }
    assertEquals(2, form.getFields().size());
  }

  @Test
  void onlyTheButtonThatWasPressedIsKept() {
    List<FormField> page =
        fields("<button name=do value=s>Save it</button><input type=submit name=del value=Delete>");
    MergedForm saved = MergedForm.of(page, page, Map.of("do", List.of("s")), name -> false);
    assertEquals("do=s", String.valueOf(saved.getButton()));
    assertEquals("Save it", saved.getButton().getLabel());
    MergedForm deleted = MergedForm.of(page, page, Map.of("del", List.of("Delete")), name -> false);
    assertEquals("Delete", deleted.getButton().getLabel());
    List<FormField> two = fields("<button name=do value=a>One</button><button name=do value=b>Two");
    MergedForm second = MergedForm.of(two, null, Map.of("do", List.of("b")), name -> false);
    assertEquals("Two", second.getButton().getLabel());
    assertNull(MergedForm.of(page, page, Map.of(), name -> false).getButton());
  }

  @Test
  void aFieldThatWasNotSentIsNotSentAgain() {
    List<FormField> page = fields("<input name=a value=1><input name=b value=2>");
    MergedForm form = MergedForm.of(page, page, Map.of("a", List.of("3")), name -> false);
    assertEquals(List.of("a"), form.getFields().stream().map(MergedField::getName).toList());
  }

  @Test
  void aHiddenFieldForTheUncheckedBoxStaysOne() {
    List<FormField> before =
        fields("<input type=hidden name=a value=0><input type=checkbox name=a value=1>");
    for (List<String> values : List.of(List.of("0", "1"), List.of("0"))) {
      MergedForm form = MergedForm.of(before, before, Map.of("a", values), name -> false);
      assertEquals("[a=0]", form.getHidden().toString());
      assertEquals(
          values.size() == 2 ? List.of("1") : List.of(), form.getFields().get(0).getYours());
    }
    List<FormField> behind =
        fields("<input type=checkbox name=a value=1><input type=hidden name=a value=1>");
    MergedForm form = MergedForm.of(behind, behind, Map.of("a", List.of("1")), name -> false);
    assertEquals("[a=1]", form.getHidden().toString());
    assertEquals(List.of(), form.getFields().get(0).getYours());
  }

  @Test
  void aValueThatThePageDoesNotOfferStaysAnOption() {
    List<FormField> page = fields("<select name=a><option value=1>One</select>");
    MergedForm form = MergedForm.of(page, page, Map.of("a", List.of("2")), name -> false);
    assertEquals("[1=One, 2=2]", form.getFields().get(0).getOptions().toString());
  }

  @Test
  void ofALongListWhoseEntriesNobodyRemembersTheValuesAreOptions() {
    FormField started = FormField.of("a", FieldKind.SELECT_ONE, List.of("1"));
    MergedForm form =
        MergedForm.of(List.of(started), null, Map.of("a", List.of("2")), name -> false);
    assertEquals("[2=2, 1=1]", form.getFields().get(0).getOptions().toString());
  }

  @Test
  void theKindIsThatOfTheCurrentPage() {
    List<FormField> before = fields("<input name=a value=x>");
    List<FormField> now = fields("<select name=a><option>x<option selected>y</select>");
    MergedForm form = MergedForm.of(before, now, Map.of("a", List.of("x")), name -> false);
    assertEquals(1, form.getFields().size());
    assertEquals(FieldKind.SELECT_ONE, form.getFields().get(0).getKind());
    assertEquals(Change.ONLY_THEIRS, form.getFields().get(0).getChange());
  }

  @ParameterizedTest
  @CsvSource({
    "name, Name",
    "billing.zipCode, Zip code",
    "order[3].lines[0].unit_price, Unit price",
    "items[], Items",
    "items[0], Items",
    "[], []",
    "Straße, Straße",
  })
  void fieldsWithoutALabelHaveReadableNames(String name, String words) {
    assertEquals(words, FieldLabels.of(name));
  }

  @Test
  void labelsAreThoseOfThePage() {
    List<FormField> page = fields("<label for=x>E-mail:</label><input id=x name=mail value=a>");
    MergedForm form = MergedForm.of(page, null, Map.of("mail", List.of("b")), name -> false);
    assertEquals("E-mail", form.getFields().get(0).getLabel());
    assertTrue(form.getFields().get(0).getCurrent() == null);
  }

  private static String told(MergedField field) {
    List<String> proposal = new ArrayList<>(field.getProposal());
    String text = proposal.isEmpty() ? "-" : String.join("+", proposal).replace("\r\n", "/");
    return field.getChange() + " " + text + (field.isDecisionNeeded() ? " !" : "");
  }

  private static List<FormField> form(FieldKind kind, String version) {
    if (version.equals("?")) {
      return null;
    }
    boolean options =
        List.of(FieldKind.CHECKBOX, FieldKind.RADIO, FieldKind.SELECT_ONE, FieldKind.SELECT_MANY)
            .contains(kind);
    return List.of(
        FormField.of(
            "f",
            kind,
            values(version),
            null,
            options
                ? List.of("a", "b", "c", "d", "on").stream()
                    .map(value -> FieldOption.of(value, "Option " + value))
                    .toList()
                : List.of()));
  }

  private static Map<String, List<String>> sent(String version) {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    if (!version.equals("-")) {
      sent.put("f", values(version));
    }
    return sent;
  }

  private static List<String> values(String version) {
    return version.equals("-")
        ? List.of()
        : Arrays.asList(version.replace("/", "\r\n").split("\\+", -1));
  }

  private static List<FormField> fields(String html) {
    return HtmlForms.read("<form method=post>" + html + "</form>").get(0).fields();
  }
}
