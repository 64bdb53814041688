package io.github.conflictguard.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Nothing gets out of the place that it was put into. */
class MarkupTest {

  @Test
  void textCannotBecomeTags() {
    assertEquals(
        "<b>&lt;/b&gt;&amp;amp; &quot;&#39;</b>",
        new Markup().tag("<b>").text("</b>&amp; \"'").tag("</b>").toString());
  }

  @Test
  void aValueCannotLeaveItsAttribute() {
    assertEquals(
        " value=\"&quot; onfocus=&quot;alert(1)\"",
        new Markup().attribute("value", "\" onfocus=\"alert(1)").toString());
  }

  @Test
  void lineEndsAndNullsGetThroughTheParser() {
    assertEquals("a&#13;\nb\uFFFD", new Markup().text("a\r\nb\0").toString());
  }
}
