package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.classify.ConflictClassifiers;
import io.github.conflictguard.classify.StatedDetails;
import io.github.conflictguard.guard.BusinessRuleException;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.WrongStateException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exceptions of this library count, whichever class loader has made them. */
class StatedByOthersTest {

  private final OtherLoader other = new OtherLoader();

  @Test
  void aConflictOfAnotherCopyIsUnderstood() throws Exception {
    Class<?> kinds = other.loadClass(ConflictKind.class.getName());
    Class<?> conflicts = other.loadClass(Conflict.class.getName());
    Object conflict =
        conflicts
            .getMethod("of", kinds, String.class)
            .invoke(null, kinds.getField("EXCLUSION").get(null), "no_overlap");
    Throwable foreign =
        (Throwable)
            other
                .loadClass(ConflictException.class.getName())
                .getConstructor(conflicts, Throwable.class)
                .newInstance(conflict, new IllegalStateException());
    assertFalse(foreign instanceof ClassifiedConflict);
    assertEquals(
        Conflict.of(ConflictKind.EXCLUSION, "no_overlap"),
        ConflictClassifiers.standard().conflictIn(new RuntimeException(foreign)));
  }

  @Test
  void detailsOfAnotherCopyAreUnderstood() throws Exception {
    Throwable state =
        (Throwable)
            other
                .loadClass(WrongStateException.class.getName())
                .getConstructor(String.class, Collection.class)
                .newInstance("shipped", List.of("return"));
    assertEquals(ConflictKind.WRONG_STATE, ConflictClassifiers.standard().classify(state));
    assertEquals("shipped", StatedDetails.in(new RuntimeException(state)).state());
    assertEquals(List.of("return"), StatedDetails.in(state).allowedTransitions());
  }

  @Test
  void factsAreRead() {
    StatedDetails details =
        StatedDetails.in(new BusinessRuleException("credit-limit", Map.of("limit", "100")));
    assertEquals("credit-limit", details.rule());
    assertEquals(Map.of("limit", "100"), details.facts());
    assertNull(details.state());
    assertNull(details.handler());
  }
}
