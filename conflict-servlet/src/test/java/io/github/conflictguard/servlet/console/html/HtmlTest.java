package io.github.conflictguard.servlet.console.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing reaches a page unescaped, and nothing that its policy forbids. */
class HtmlTest {

  @Test
  void textAndAttributesAreEscaped() {
    assertEquals(
        "<p title=\"&quot;&lt;b&gt;\">&lt;b&gt;&amp;&#39;</p>",
        new Html().element("p", "<b>&'", "title", "\"<b>").toString());
  }

  @Test
  void controlsAndMarksOfDirectionAreReplaced() {
    assertEquals("a\uFFFDb\uFFFDc\nd", new Html().text("a\u0000b\u202Ec\nd").toString());
  }

  @Test
  void argumentsOfASentenceAreTextWhateverTheyContain() {
    assertEquals(
        "x <b>{1}&lt;i&gt;</b> y {2} <b>z</b>{",
        new Html().sentence("x {0} y {2} {1}{", "{1}<i>", "z").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "a, onclick, x",
    "a, style, x",
    "a, href, javascript:alert(1)",
    "a, href, //evil.example",
    "a, href, /absolute",
    "a, href, \\\\evil.example",
    "img, src, data:x",
    "form, action, https://evil.example",
    "p, a b, x",
    "p, a=, x",
    "p, '', x",
  })
  void whatThePolicyForbidsIsRejected(String element, String attribute, String value) {
    assertThrows(IllegalArgumentException.class, () -> new Html().empty(element, attribute, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p>", "p x", "1p", "p/", "!--"})
  void whatIsNoElementIsRejected(String element) {
    assertThrows(IllegalArgumentException.class, () -> new Html().open(element));
  }

  @Test
  void documentWithAnOpenElementIsIncomplete() {
    assertThrows(IllegalStateException.class, () -> new Html().open("p").toString());
  }

  @Test
  void addressesOfParametersAreEncoded() {
    assertEquals("x?a=%26%3A%2F%3C&b=", Address.of("x", "a", "&:/<", "b", ""));
  }

  @Test
  void chartHasABarForEachCountWithItsNumbersAsText() {
    Html html = new Html();
    new Chart(List.of("10:00", "11:00"))
        .with("Lost", "lost", List.of(1L, 0L))
        .with("Refused", "refused", List.of(2L, 3L))
        .write(html, "Hours");
    String svg = html.toString();
    assertEquals(3, svg.split("<rect ", -1).length - 1, svg);
    assertTrue(svg.contains("<title>10:00\nLost: 1\nRefused: 2</title>"), svg);
    assertTrue(!svg.contains("style=") && !svg.contains("NaN"), svg);
  }

  @Test
  void chartWithLargeCountsStaysInsideItsFrame() {
    Html html = new Html();
    List<Long> counts = List.of(Long.MAX_VALUE / 4, 1L, 999_999L);
    new Chart(List.of("a", "b", "c")).with("n", "lost", counts).write(html, "n");
    List<Double> heights =
        List.of(html.toString().split(" height=\"")).stream()
            .skip(1)
            .map(rest -> Double.valueOf(rest.substring(0, rest.indexOf('"'))))
            .collect(Collectors.toList());
    assertTrue(heights.stream().allMatch(height -> height >= 0 && height <= 190), html.toString());
  }

  @Test
  void assetsOfAllPagesAreSmall() {
    assertTrue(Asset.SCRIPT.text().length() < 8192);
    assertTrue(Asset.STYLE.text().length() < 16384);
    assertEquals(Asset.STYLE, Asset.named(Asset.STYLE.name()));
  }
}
