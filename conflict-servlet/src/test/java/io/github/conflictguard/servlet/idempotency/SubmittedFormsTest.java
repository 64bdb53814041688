package io.github.conflictguard.servlet.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.response.Clients;
import org.junit.jupiter.api.Test;

class SubmittedFormsTest {

  private static final ClientIdentity ADA = Clients.of("a");
  private static final ClientIdentity BOB = Clients.of("b");

  private final SubmittedForms forms = new SubmittedForms(4 * 1024 * 1024, new WaiterLimit(64));

  @Test
  void largeAnswersOfOneClientEvictNoneOfAnother() throws Exception {
    submit(ADA, "mine", 1_000);
    for (int i = 0; i < 500; i++) {
      submit(BOB, "theirs" + i, 60_000);
    }
    assertTrue(again(ADA, "mine").isAnswerKnown());
    assertTrue(again(BOB, "theirs499").isAnswerKnown());
  }

  @Test
  void whatHasLostItsAnswerIsStillKnownAsDone() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      submit(BOB, "theirs" + i, 60_000);
    }
    for (int i = 0; i < 900; i++) {
      assertFalse(again(BOB, "theirs" + i).isAnswerKnown());
    }
  }

  @Test
  void manySmallOnesOfOneClientEvictNoneOfAnother() throws Exception {
    submit(ADA, "mine", 100);
    for (int i = 0; i < 30_000; i++) {
      submit(BOB, "theirs" + i, 100);
    }
    assertTrue(again(ADA, "mine").isAnswerKnown());
  }

  @Test
  void theSameFromAnotherClientIsAnotherSubmission() throws Exception {
    submit(ADA, "form", 100);
    Submission other = forms.enter(BOB, "form", "content", 0);
    assertNotNull(other);
    assertTrue(other.isFirst());
  }

  /** Neither carried out a second time nor shown the answer. */
  @Test
  void whoEnteredBeforeALoginIsRefusedAfterIt() throws Exception {
    Submission first = forms.enter(ADA, "form", "content", 0);
    assertNotNull(first);
    first.remember(BOB, 7, answer(100));
    assertFalse(again(ADA, "form").isAnswerKnown());
    assertTrue(again(BOB, "form").isAnswerKnown());
    assertEquals(7, again(BOB, "form").page());
  }

  @Test
  void whatFailedIsAFirstOneAgain() throws Exception {
    Submission first = forms.enter(ADA, "form", "content", 0);
    assertNotNull(first);
    first.failed();
    Submission second = forms.enter(ADA, "form", "content", 0);
    assertNotNull(second);
    assertTrue(second.isFirst());
  }

  private void submit(ClientIdentity client, String id, int size) throws InterruptedException {
    Submission first = forms.enter(client, id, "content", 0);
    assertNotNull(first);
    assertTrue(first.isFirst(), id);
    first.remember(client, 7, answer(size));
  }

  private Submission again(ClientIdentity client, String id) throws InterruptedException {
    Submission again = forms.enter(client, id, "content", 0);
    assertNotNull(again);
    assertFalse(again.isFirst(), id);
    return again;
  }

  private static RecordedAnswer answer(int size) {
    return RecordedAnswer.redirect(302, "x".repeat(size / 2));
  }
}
