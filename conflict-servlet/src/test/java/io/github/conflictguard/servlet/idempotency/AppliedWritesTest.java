package io.github.conflictguard.servlet.idempotency;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.response.Clients;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedWritesTest {

  private static final int LIMIT = 1024 * 1024;

  private static final ClientIdentity CLIENT = Clients.of("s1");

  private final AppliedWrites applied =
      new AppliedWrites(LIMIT, new BufferTimer(500), "Idempotency-Key");

  @Test
  void theMemoryIsBoundedAndTheOldestGoFirst() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      applied.add(CLIENT, "write " + i, "state", answer());
      assertTrue(applied.size() <= LIMIT, "size " + applied.size());
    }
    assertTrue(applied.size() > LIMIT / 2);
    assertNull(applied.recorded("write 0", "state"));
    assertNotNull(applied.recorded("write 9999", "state"));
    assertNull(applied.recorded("write 9999", "another state"));
  }

  @Test
  void theSameWriteIsRememberedOnce() throws Exception {
    applied.add(CLIENT, "write", "state", answer());
    long once = applied.size();
    for (int i = 0; i < 100; i++) {
      applied.add(CLIENT, "write", "state", answer());
    }
    assertTrue(applied.size() == once, "size " + applied.size());
  }

  /** 10 KB of body. */
  private static RecordedAnswer answer() throws IOException {
    HttpServletResponse container = mock(HttpServletResponse.class);
    when(container.getStatus()).thenReturn(200);
    when(container.getHeaderNames()).thenReturn(List.of("X-Stored"));
    when(container.getHeaders("X-Stored")).thenReturn(List.of("yes"));
    when(container.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
    BufferedResponse held = BufferedResponses.of(container, r -> true, LIMIT, whole -> {});
    held.getOutputStream().write(new byte[10_000]);
    return new RecordedAnswer(container, held);
  }
}
