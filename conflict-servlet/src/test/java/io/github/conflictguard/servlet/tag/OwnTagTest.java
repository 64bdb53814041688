package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTagTest {

  private static final String STATE = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--gzip", "-gzip", ";gzip", ";br", "--zstd", "-deflate", "--gzip-gzip"})
  void theNameOfACodingIsTakenOff(String suffix) {
    for (String form : new String[] {STATE, STATE + ".01234567"}) {
      assertTrue(OwnTag.isOne(EntityTag.strong(form + suffix)));
      assertTrue(OwnTag.isOne(EntityTag.weak(form + suffix)));
      assertEquals(EntityTag.strong(form), OwnTag.withoutCoding(EntityTag.strong(form + suffix)));
      assertEquals(EntityTag.weak(form), OwnTag.withoutCoding(EntityTag.weak(form + suffix)));
      assertEquals(STATE, OwnTag.stateOf(EntityTag.strong(form + suffix)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789abcdef",
        "0123456789abcdef0123456789abcdef gzip",
        "0123456789abcdef0123456789abcdef--",
        "0123456789abcdef0123456789abcdef-1",
        "0123456789abcdef0123456789abcdef.0123",
        "v7--gzip"
      })
  void otherTagsStayAsTheyAre(String opaque) {
    if (!opaque.contains(" ")) {
      EntityTag tag = EntityTag.strong(opaque);
      assertFalse(OwnTag.isOne(tag));
      assertEquals(tag, OwnTag.withoutCoding(tag));
    }
  }

  @Test
  void aTagIsFoundInWhatIsNoList() {
    assertTrue(OwnTag.isWithin(List.of("x", STATE)));
    assertTrue(OwnTag.isWithin(List.of("W/" + STATE)));
    assertTrue(OwnTag.isWithin(List.of("\"" + STATE + "--gzip")));
    assertFalse(OwnTag.isWithin(List.of(STATE + "0", "7", "\"a\" \"b\"")));
  }
}
