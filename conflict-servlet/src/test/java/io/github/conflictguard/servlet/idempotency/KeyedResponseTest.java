package io.github.conflictguard.servlet.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a response was delivered. */
class KeyedResponseTest {

  private final HttpServletResponse response = mock(HttpServletResponse.class);

  @Test
  void redirectThatCannotBeSentIsUndelivered() throws Exception {
    KeyedResponse keyed = response(true);
    keyed.sendEnding(
        () -> {
          throw new IOException("gone");
        });
    assertEquals(true, keyed.isUndelivered());
  }

  /** Not of an error, whose page the container has not sent yet. */
  @ParameterizedTest
  @CsvSource({"/done, true", ", false"})
  void redirectIsFlushed(String location, boolean flushed) throws Exception {
    when(response.getHeader("Location")).thenReturn(location);
    doThrow(new IOException("gone")).when(response).flushBuffer();
    KeyedResponse keyed = response(true);
    keyed.sendEnding(() -> {});
    assertEquals(flushed, keyed.isUndelivered());
  }

  @Test
  void failureIsThatOfTheApplicationWhereDeliveryDoesNotCount() {
    KeyedResponse keyed = response(false);
    assertThrows(
        IOException.class,
        () ->
            keyed.sendEnding(
                () -> {
                  throw new IOException("gone");
                }));
    assertEquals(false, keyed.isUndelivered());
  }

  private KeyedResponse response(boolean flushes) {
    return new KeyedResponse(
        mock(HttpServletRequest.class), response, (status, location, answer) -> true, flushes);
  }
}
