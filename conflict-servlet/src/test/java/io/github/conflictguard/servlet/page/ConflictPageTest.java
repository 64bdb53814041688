package io.github.conflictguard.servlet.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.response.CustomerForms;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** The conflict page, read again as a browser reads it. */
class ConflictPageTest {

  private static final SaveAgain SAVE =
      SaveAgain.to("/app/save?x=1&y=2", "multipart/form-data")
          .charset(java.nio.charset.StandardCharsets.ISO_8859_1)
          .token("_conflictguard", "t1")
          .currentPage("/app/edit?id=1")
          .typeAction("/app/save?x=1&_conflictguard.type=")
          .build();

  @Test
  void whatItSendsIsTheProposal() {
    MergedForm merged =
        MergedForm.of(
            CustomerForms.STARTED, CustomerForms.CURRENT, CustomerForms.sent(), name -> false);
    for (boolean typing : new boolean[] {false, true}) {
      SaveAgain save =
          SaveAgain.to("/app/save?x=1&y=2", "multipart/form-data")
              .charset(java.nio.charset.StandardCharsets.ISO_8859_1)
              .token("_conflictguard", "t1")
              .typing(typing)
              .build();
      FormSnapshot form = HtmlForms.read(page(merged, save, "en")).get(0);
      assertEquals("/app/save?x=1&y=2", form.action());
      assertEquals("multipart/form-data", form.enctype());
      assertEquals("POST", form.method());
      assertEquals("ISO-8859-1", String.valueOf(form.charset()));
      Map<String, List<String>> wanted = new LinkedHashMap<>();
      wanted.put("_conflictguard", List.of("t1"));
      merged
          .getHidden()
          .forEach(hidden -> wanted.put(hidden.getName(), List.of(hidden.getValue())));
      merged.getFields().forEach(field -> wanted.put(field.getName(), field.getProposal()));
      wanted.put("save", List.of("Save"));
      Map<String, List<String>> found = new LinkedHashMap<>();
      form.fields().forEach(field -> found.put(field.name(), field.values()));
      assertEquals(wanted, found);
    }
  }

  @Test
  void aChoiceOffersEachVersionAsItIs() {
    for (List<String> versions :
        List.of(
            List.of("a", "b", "c"),
            List.of("\r\nleads", "trails\r\n", " \r\n\r\n "),
            List.of("", "ü€\uD83D\uDE00", "\u202Eabc"))) {
      MergedForm merged =
          MergedForm.of(
              List.of(field(FieldKind.TEXTAREA, versions.get(0))),
              List.of(field(FieldKind.TEXTAREA, versions.get(1))),
              Map.of("f", List.of(versions.get(2))),
              name -> false);
      FormField choice = HtmlForms.read(page(merged, SAVE, "en")).get(0).field("f");
      assertEquals(FieldKind.RADIO, choice.kind());
      assertEquals(
          List.of(versions.get(2), versions.get(1), versions.get(0)),
          choice.options().stream().map(FieldOption::value).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "\r\n\r\nx", "x\r\n", " x ", "<textarea>", "&#13;&amp;lt;"})
  void aTextIsShownAsItWasSent(String text) {
    for (FieldKind kind : List.of(FieldKind.TEXTAREA, FieldKind.HIDDEN)) {
      MergedForm merged =
          MergedForm.of(
              List.of(field(kind, text)),
              List.of(field(kind, text)),
              Map.of("f", List.of(text)),
              name -> false);
      assertEquals(
          List.of(text), HtmlForms.read(page(merged, SAVE, "en")).get(0).field("f").values());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "</textarea><script>alert(1)</script>",
        "</title></style></script><svg onload=alert(1)>",
        "--><!--<script>",
        "&lt;script&gt;&#60;b&#62;&quot;",
        "<!DOCTYPE html><body onload=alert(1)>",
        "javascript:alert(1)",
        "\" autofocus onfocus=alert(1) x=\"",
        "]]><x>",
        "\u2028</option></select><b>",
        "{0} ${7*7} #{7*7}",
        "`\\u003cscript>",
        "\0<\0script>",
      })
  void nothingThatAnybodyTypedBecomesMarkup(String payload) {
    String plain = structure(everywhere("plain"));
    assertEquals(plain, structure(everywhere(payload)));
    String page = everywhere(payload);
    FormSnapshot form = HtmlForms.read(page).get(0);
    String seen = payload.replace('\0', '\uFFFD');
    assertEquals(
        List.of(seen + "h"),
        form.fields().stream()
            .filter(field -> field.kind() == FieldKind.HIDDEN && field.name().equals(seen + "h"))
            .findFirst()
            .orElseThrow()
            .values());
    assertTrue(
        form.fields().stream().anyMatch(field -> field.values().contains(seen + "yours")), page);
    assertTrue(
        form.fields().stream()
            .flatMap(field -> field.options().stream())
            .anyMatch(option -> option.value().equals(seen + "theirs")),
        page);
  }

  @Test
  void everyControlHasAName() {
    for (String language : List.of("en", "de")) {
      MergedForm merged =
          MergedForm.of(
              CustomerForms.STARTED, CustomerForms.CURRENT, CustomerForms.sent(), name -> false);
      String page = page(merged, SAVE, language);
      FormSnapshot form = HtmlForms.read(page).get(0);
      for (FormField field : form.fields()) {
        boolean options =
            !field.options().isEmpty()
                && field.options().stream().noneMatch(option -> option.text().isEmpty());
        assertTrue(
            field.kind() == FieldKind.HIDDEN || options || field.label() != null, field.toString());
      }
      assertTrue(page.contains("<html lang=\"" + language + "\">"));
      assertFalse(Pattern.compile("<script|style=|[\\s\"]on[a-z]+=|https?:").matcher(page).find());
      List<String> ids =
          Pattern.compile(" id=\"([^\"]*)\"")
              .matcher(page)
              .results()
              .map(found -> found.group(1))
              .toList();
      assertEquals(ids.size(), ids.stream().distinct().count());
      for (String attribute : List.of("for", "aria-describedby", "href=\"#")) {
        Pattern.compile(
                attribute.contains("=")
                    ? attribute + "([^\"]*)\""
                    : " " + attribute + "=\"([^\"]*)\"")
            .matcher(page)
            .results()
            .forEach(found -> assertTrue(ids.contains(found.group(1)), found.group()));
      }
    }
  }

  @Test
  void aLongTextShowsWhatDiffersAndLittleElse() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      lines.add("line " + i);
    }
    List<String> mine = new ArrayList<>(lines);
    mine.set(19, "mine");
    List<String> theirs = new ArrayList<>(lines);
    theirs.set(19, "theirs");
    theirs.remove(35);
    MergedForm merged =
        MergedForm.of(
            List.of(field(FieldKind.TEXTAREA, String.join("\r\n", lines))),
            List.of(field(FieldKind.TEXTAREA, String.join("\r\n", theirs))),
            Map.of("f", List.of(String.join("\r\n", mine))),
            name -> false);
    String text =
        page(merged, SAVE, "en")
            .replaceAll("<style>(?s).*?</style>", "")
            .replaceAll("</(span|small|mark|p|legend)>", "\n")
            .replaceAll("<[^>]*>", "")
            .replaceAll("\n+", "\n");
    String yours = text.substring(text.indexOf("Yours"), text.indexOf("Saved now"));
    assertEquals(
        "Yours\n17 lines the same\nline 18\nline 19\nDifferent: \nmine\nline 21\nline 22\n18 lines the same\n ",
        yours);
    String saved = text.substring(text.indexOf("Saved now"), text.indexOf("When you began"));
    assertTrue(saved.contains("line 35\n1 line removed here\nline 37\n"), saved);
  }

  @Test
  void itSaysWhatToDo() {
    List<FormField> started = List.of(field(FieldKind.TEXT, "a"));
    List<FormField> current = List.of(field(FieldKind.TEXT, "b"));
    Map<String, List<String>> sent = Map.of("f", List.of("c"));
    String decide = page(MergedForm.of(started, current, sent, name -> false), SAVE, "en");
    assertTrue(decide.contains("One field was changed by both of you."));
    assertTrue(decide.contains("Type values instead"));
    String combined = page(MergedForm.of(started, started, sent, name -> false), SAVE, "en");
    assertTrue(combined.contains("do not get in each other&#39;s way"));
    assertFalse(combined.contains("Type values instead"));
    String unknown = page(MergedForm.of(started, null, sent, name -> false), SAVE, "en");
    assertTrue(unknown.contains("target=\"_blank\" rel=\"noopener\">Open the current version"));
  }

  @Test
  void anotherProblemThanAnOldPageIsExplainedAndTheFormIsThere() {
    MergedForm merged =
        MergedForm.of(
            List.of(field(FieldKind.TEXT, "a")),
            null,
            Map.of("f", List.of("taken")),
            name -> false);
    ProblemDetail problem =
        ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/app/save").field("E-mail").build();
    String page = new String(ConflictPage.write(merged, SAVE, problem, texts("en")), UTF_8);
    assertTrue(page.contains("<h1>A record with this value exists already</h1>"));
    assertTrue(page.contains("<dt>Field</dt><dd>E-mail</dd>"));
    assertTrue(page.contains("<li>Choose another value</li>"));
    assertFalse(page.contains("Nothing has been saved"), "that is not known");
    assertFalse(page.contains("_blank"));
    assertEquals(List.of("taken"), HtmlForms.read(page).get(0).field("f").values());
  }

  @Test
  void fieldsThatNobodyTouchedAreFoldedOnALongPageAndStayInTheirGroups() {
    List<FormField> started = new ArrayList<>();
    Map<String, List<String>> sent = new LinkedHashMap<>();
    for (int i = 1; i <= 19; i++) {
      FormField field =
          FormField.of("f" + i, FieldKind.TEXT, List.of("v" + i), "Field " + i, List.of());
      started.add(i > 9 ? field.in("Address") : field);
      sent.put("f" + i, List.of(i == 5 ? "mine" : "v" + i));
    }
    String page = page(MergedForm.of(started, started, sent, name -> false), SAVE, "en");
    assertEquals(3, page.split("<details", -1).length - 1, page);
    assertTrue(
        page.contains("<summary>4 fields without changes: Field 1, Field 2, Field 3, Field 4<"));
    assertTrue(
        page.contains(
            "<summary>10 fields without changes: Field 10, Field 11, Field 12, Field 13, \u2026<"));
    assertEquals(1, page.split("<legend>Address</legend>", -1).length - 1);
    List<String> names =
        HtmlForms.read(page).get(0).fields().stream()
            .map(FormField::name)
            .filter(name -> name.startsWith("f"))
            .toList();
    assertEquals(new ArrayList<>(sent.keySet()), names);
  }

  @Test
  void onAShortPageNothingIsFolded() {
    FormField field = field(FieldKind.TEXT, "a");
    assertFalse(
        page(
                MergedForm.of(
                    List.of(field), List.of(field), Map.of("f", List.of("b")), n -> false),
                SAVE,
                "en")
            .contains("<details"));
  }

  @ParameterizedTest
  @EnumSource(StaleCause.class)
  void onlyWhereAnotherPersonHasSavedIsThereTalkOfOne(StaleCause cause) {
    MergedForm merged =
        MergedForm.of(
            CustomerForms.STARTED, CustomerForms.CURRENT, CustomerForms.sent(), name -> false);
    ProblemDetail problem = ProblemDetail.of(ProblemType.PRECONDITION_FAILED, "/app/save").build();
    for (String language : List.of("en", "de")) {
      String page =
          new String(
              ConflictPage.write(
                  merged,
                  SAVE,
                  problem,
                  new Circumstances(cause, "Customer 7", "Office", null),
                  texts(language)),
              UTF_8);
      assertEquals(
          cause == StaleCause.OTHERS,
          Pattern.compile("(?i)another user|both of you|jemand|beide").matcher(page).find(),
          page);
      assertTrue(page.contains("<p class=\"about\">Customer 7 \u00B7 Office</p>"));
    }
  }

  @Test
  void whereTheBeginningIsNotKnownNobodyHasChangedAnything() {
    String page =
        page(
            MergedForm.of(
                null, List.of(field(FieldKind.TEXT, "a")), Map.of("f", List.of("b")), n -> false),
            SAVE,
            "en");
    assertTrue(page.contains("One field is different from what is saved now."), page);
    assertFalse(page.contains("both of you"));
  }

  @Test
  void aCheckBoxIsNeverNamedByItsValue() {
    FormField box =
        FormField.of(
            "newsletter",
            FieldKind.CHECKBOX,
            List.of("true"),
            null,
            List.of(FieldOption.of("true", "")));
    String page =
        page(
            MergedForm.of(
                List.of(box), List.of(box), Map.of("newsletter", List.of("true")), n -> false),
            SAVE,
            "en");
    assertTrue(page.contains("<span>Newsletter</span>"), page);
    assertFalse(page.contains(">true<"), page);
  }

  private static String everywhere(String x) {
    FormField text =
        FormField.of(
            x + "text", FieldKind.TEXTAREA, List.of(x + "started"), x + "label", List.of());
    List<FieldOption> options =
        List.of(FieldOption.of(x + "1", x + "one"), FieldOption.of(x + "2", x + "two"));
    FormField one = FormField.of(x + "one", FieldKind.SELECT_ONE, List.of(x + "1"), null, options);
    FormField many = FormField.of(x + "many", FieldKind.CHECKBOX, List.of(x + "1"), x, options);
    FormField hidden = FormField.of(x + "h", FieldKind.HIDDEN, List.of(x + "h"));
    FormField button = FormField.of(x + "b", FieldKind.SUBMIT, List.of(x), x + "press", List.of());
    FormField other = FormField.of(x + "other", FieldKind.TEXT, List.of(x + "was"), x, List.of());
    Map<String, List<String>> sent = new LinkedHashMap<>();
    sent.put(x + "text", List.of(x + "yours"));
    sent.put(x + "one", List.of(x + "1"));
    sent.put(x + "many", List.of(x + "2"));
    sent.put(x + "h", List.of(x + "h"));
    sent.put(x + "b", List.of(x));
    sent.put(x + "other", List.of(x + "is"));
    SaveAgain save =
        SaveAgain.to("/" + x, "x/" + x)
            .token(x, x)
            .currentPage("/" + x)
            .typeAction("/" + x)
            .build();
    MergedForm merged =
        MergedForm.of(
            Arrays.asList(text, one, many, hidden, button, other),
            Arrays.asList(text.withValues(List.of(x + "theirs")), one, many, hidden, button, other),
            sent,
            name -> false);
    return page(merged, save, "en");
  }

  /** Tags and the names of their attributes, in their order. */
  private static String structure(String page) {
    return Pattern.compile("<[^>]*>")
        .matcher(page.replaceAll("(?s)<style>.*?</style>", "").replaceAll("\"[^\"]*\"", "\"\""))
        .results()
        .map(found -> found.group())
        .toList()
        .toString();
  }

  private static FormField field(FieldKind kind, String value) {
    return FormField.of("f", kind, List.of(value));
  }

  private static String page(MergedForm form, SaveAgain save, String language) {
    ProblemDetail problem = ProblemDetail.of(ProblemType.STALE_VERSION, "/app/save").build();
    return new String(ConflictPage.write(form, save, problem, texts(language)), UTF_8);
  }

  private static Texts texts(String language) {
    HttpServletRequest request = Mockito.mock(HttpServletRequest.class);
    Mockito.when(request.getHeader("Accept-Language")).thenReturn(language);
    Mockito.when(request.getLocales())
        .thenReturn(Collections.enumeration(List.of(Locale.forLanguageTag(language))));
    return Texts.of(request);
  }
}
