package io.github.conflictguard.servlet.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.fields.FieldKinds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormTokenTest {

  private static final FormToken PLAIN =
      FormToken.builder(1, (short) 2).shownTo(3, 4).target(5, 6).at(7, 8).tag("\"a\"").build();

  @Test
  void recordsOfAllButtonsAndKindsOfFieldsAreCarried() {
    FormSnapshot form =
        HtmlForms.read(
                "<form method=post><input name=a><input type=hidden name=b><textarea name=ä>"
                    + "</textarea><input type=password name=c><input name=pin></form>")
            .get(0);

    FormToken opened = FormToken.of(PLAIN.of(List.of(6L, 9L, 10L), FieldKinds.of(form)).toBytes());

    assertNotNull(opened);
    assertTrue(opened.isAbout(6) && opened.isAbout(9) && opened.isAbout(10));
    assertFalse(opened.isAbout(7));
    assertEquals("\"a\"", opened.tag);
    assertNull(opened.kinds.of("a"));
    assertEquals(FieldKind.HIDDEN, opened.kinds.of("b"));
    assertEquals(FieldKind.TEXTAREA, opened.kinds.of("ä"));
    assertEquals(FieldKind.PASSWORD, opened.kinds.of("c"));
    assertEquals(FieldKind.TEXT, opened.kinds.of("pin"));
  }

  @Test
  void everyKindComesBackFromAToken() {
    for (FieldKind kind : FieldKind.values()) {
      FieldKinds kinds =
          FieldKinds.of(HtmlForms.of(List.of(FormField.of("password", kind, List.of())), null));
      ByteBuffer bytes = ByteBuffer.allocate(kinds.length());
      kinds.writeTo(bytes);
      bytes.flip();
      assertEquals(kind, FieldKinds.read(bytes, 1).of("password"));
    }
  }

  @Test
  void largeFormDoesNotMakeATokenThatIsRefused() {
    String fields = "<input type=hidden name=f%d>";
    StringBuilder page = new StringBuilder("<form method=post>");
    for (int i = 0; i < 1000; i++) {
      page.append(fields.formatted(i));
    }
    FormToken token = PLAIN.of(List.of(6L), FieldKinds.of(HtmlForms.read(page).get(0)));
    TokenSeal seal = TokenSeal.ofThisStart();
    assertNotNull(seal.open(seal.seal(token)));
  }

  @Test
  void tokenOfTheVersionBeforeIsRead() {
    ByteBuffer earlier = ByteBuffer.allocate(1 + 7 * 8 + 2 + 3);
    earlier.put((byte) 1).putLong(1).putShort((short) 2).putLong(3).putLong(4).putLong(5);
    earlier.putLong(6).putLong(7).putLong(8).put(new byte[] {'"', 'a', '"'});
    FormToken opened = FormToken.of(earlier.array());
    assertNotNull(opened);
    assertEquals("\"a\"", opened.tag);
    assertTrue(opened.isAbout(6));
  }

  @Test
  void tokenThatIsCutIsNone() {
    byte[] whole = PLAIN.of(List.of(6L, 9L), FieldKinds.NONE).toBytes();
    for (int length = 0; length < 1 + 7 * 8 + 2 + 2 + 8; length++) {
      assertNull(FormToken.of(Arrays.copyOf(whole, length)), length + " bytes");
    }
  }
}
