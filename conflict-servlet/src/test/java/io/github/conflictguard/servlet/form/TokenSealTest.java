package io.github.conflictguard.servlet.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenSealTest {

  private static final FormToken TOKEN =
      FormToken.builder(1, (short) 2)
          .shownTo(3, 4)
          .target(5, 6)
          .at(7, 8)
          .tag("\"a\u00e4\"")
          .build();

  private final TokenSeal seal = TokenSeal.ofThisStart();

  @Test
  void whatWasSealedIsOpened() {
    FormToken opened = seal.open(seal.seal(TOKEN));
    assertNotNull(opened);
    assertEquals(TOKEN.page, opened.page);
    assertEquals(TOKEN.form, opened.form);
    assertEquals(TOKEN.owner, opened.owner);
    assertEquals(TOKEN.user, opened.user);
    assertEquals(TOKEN.rule, opened.rule);
    assertEquals(TOKEN.key, opened.key);
    assertEquals(TOKEN.epoch, opened.epoch);
    assertEquals(TOKEN.time, opened.time);
    assertEquals(TOKEN.tag, opened.tag);
    FormToken untagged =
        seal.open(
            seal.seal(
                FormToken.builder(1, (short) 2)
                    .shownTo(3, 4)
                    .target(5, 6)
                    .at(7, 8)
                    .tag(null)
                    .build()));
    assertNotNull(untagged);
    assertNull(untagged.tag);
  }

  @Test
  void noCharacterOfItCanBeChanged() {
    String sealed = seal.seal(TOKEN);
    assertTrue(sealed.matches("[A-Za-z0-9_-]+"), sealed);
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < sealed.length() - 1; i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      if (seal.open(changed) != null) {
        accepted.add(changed);
      }
    }
    assertEquals(Set.of(), accepted);
  }

  @Test
  void whatIsNoTokenIsNone() {
    for (String text : new String[] {"", "x", "%", "A".repeat(22), "A".repeat(100_000), "ä"}) {
      assertNull(seal.open(text));
    }
  }

  @Test
  void onlyWhoKnowsTheSecretOpensIt() {
    assertNull(TokenSeal.ofThisStart().open(seal.seal(TOKEN)));
    assertNotNull(TokenSeal.of("a secret").open(TokenSeal.of("a secret").seal(TOKEN)));
    assertNull(TokenSeal.of("another").open(TokenSeal.of("a secret").seal(TOKEN)));
  }

  @Test
  void nothingOfTheContentCanBeSeen() {
    String one = seal.seal(TOKEN);
    String other =
        seal.seal(
            FormToken.builder(1, (short) 2)
                .shownTo(3, 4)
                .target(5, 6)
                .at(7, 9)
                .tag(TOKEN.tag)
                .build());
    int same = 0;
    for (int i = 0; i < one.length(); i++) {
      same += one.charAt(i) == other.charAt(i) ? 1 : 0;
    }
    assertTrue(same < one.length() / 4, same + " of " + one.length());
  }

  @Test
  void namesHaveNumbersThatNobodyElseKnows() {
    assertEquals(seal.numberOf("a"), seal.numberOf("a"));
    assertNotEquals(seal.numberOf("a"), seal.numberOf("b"));
    assertNotEquals(seal.numberOf("a"), TokenSeal.ofThisStart().numberOf("a"));
  }
}
