package io.github.conflictguard.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkAttributeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<form action=\"save\">|<form action=\"save?t=1\">",
        "<form method=post action='save?a=1' x>|<form method=post action='save?a=1&amp;t=1' x>",
        "<FORM ACTION = save>|<FORM ACTION = save?t=1>",
        "<form action=save/>|<form action=save/?t=1>",
        "<form action='save?'>|<form action='save?t=1'>",
        "<form action='save#x?y'>|<form action='save?t=1#x?y'>",
        "<form action='&#47;save'>|<form action='&#47;save?t=1'>",
        "<form action='&#47;save#x'>|<form action='&#47;save?t=1#x'>",
        "<form title='action=x' action=y>|<form title='action=x' action=y?t=1>",
        "<form data-action=x action=y action=z>|<form data-action=x action=y?t=1 action=z>",
        "<form>|<form action=\"?q=1&amp;r&amp;t=1\">",
        "<form method=post>|<form action=\"?q=1&amp;r&amp;t=1\" method=post>",
        "<form action>|<form action=\"?q=1&amp;r&amp;t=1\">",
        "<form action=''>|<form action=\"?q=1&amp;r&amp;t=1\">",
        "<form action=\"\" x>|<form action=\"?q=1&amp;r&amp;t=1\" x>",
        "<form/>|<form action=\"?q=1&amp;r&amp;t=1\"/>",
      })
  void nothingButTheAddressChanges(String tag, String expected) {
    StringBuilder changed = new StringBuilder(tag);
    LinkAttribute.append(changed, "action", "t=1", "", "q=1&r");
    assertEquals(expected, changed.toString());
  }

  /** Under another base a query alone would not lead to the page. */
  @Test
  void anEmptyAddressMayBecomeAPath() {
    StringBuilder changed = new StringBuilder("<form>");
    LinkAttribute.append(changed, "action", "t=1", "/app/a&b", null);
    assertEquals("<form action=\"/app/a&amp;b?t=1\">", changed.toString());
  }
}
