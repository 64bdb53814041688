package io.github.conflictguard.html.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormSearchTest {

  @Test
  void formIsFoundInAnyCase() {
    assertTrue(new FormSearch().accept("<p>a<FoRm action=x>"));
    assertTrue(new FormSearch().accept("<<<form>"));
    assertTrue(new FormSearch().accept("<fo<form"));
    assertFalse(new FormSearch().accept("<p>a form</form><fo rm><for\u212am><\u017form>"));
  }

  @Test
  void formIsFoundInHoweverManyPartsItComes() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      FormSearch search = new FormSearch();
      StringBuilder page = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        StringBuilder part = new StringBuilder();
        int length = random.nextInt(6);
        for (int c = 0; c < length; c++) {
          part.append("<<fFoOrRmM ".charAt(random.nextInt(11)));
        }
        page.append(part);
        boolean expected = page.toString().toLowerCase(Locale.ROOT).contains("<form");
        assertEquals(expected, search.accept(part.toString()), page.toString());
      }
    }
  }
}
