package io.github.conflictguard.servlet.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.conflictguard.servlet.probe.ProbeOutputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much is reserved for an answer, whatever the application says and does. */
class HeldMemoryTest {

  private static final int LIMIT = 100_000;

  private final HttpServletResponse containers = mock(HttpServletResponse.class);
  private final BufferedResponse answer =
      BufferedResponses.of(containers, response -> true, LIMIT, BufferedResponse::release);

  @BeforeEach
  void containerTakesEverything() throws IOException {
    when(containers.getOutputStream())
        .thenReturn(mock(ServletOutputStream.class, withSettings().stubOnly()));
    when(containers.getWriter()).thenReturn(new PrintWriter(new StringWriter()));
  }

  static Stream<Consumer<HttpServletResponse>> declarations() {
    return Stream.of(
        response -> {},
        response -> response.setContentLength(10),
        response -> response.setContentLength(Integer.MAX_VALUE),
        response -> response.setContentLengthLong(Long.MAX_VALUE),
        response -> response.setContentLengthLong(LIMIT),
        response -> response.setHeader("content-length", "" + Long.MAX_VALUE),
        response -> response.addHeader("Content-Length", "99999999999999999999"),
        response -> response.setIntHeader("Content-Length", Integer.MAX_VALUE),
        response -> response.setBufferSize(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void noMoreIsReservedThanTheLimitAndAChunk(Consumer<HttpServletResponse> declaration)
      throws IOException {
    declaration.accept(answer);
    BufferedStream stream = (BufferedStream) answer.getOutputStream();
    for (int i = 0; i < 3_000; i++) {
      stream.write(new byte[1_000]);
      int reserved = stream.held().capacity();
      assertTrue(reserved <= LIMIT + ByteChunks.CHUNK, "reserved " + reserved);
    }
    assertEquals(0, stream.held().capacity(), "what was let go is no longer held");
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void norForCharacters(Consumer<HttpServletResponse> declaration) throws IOException {
    declaration.accept(answer);
    BufferTime time = new BufferTime(BufferTimer.NEVER, containers, false);
    ResponseBuffer body =
        new ResponseBuffer(
            answer,
            new BufferOptions(response -> true, LIMIT, BufferedResponse::release, time, null));
    CharChunks held = new CharChunks(ChunkPool.unshared(), null);
    BufferedTextWriter writer = new BufferedTextWriter(body, containers, held);
    for (int i = 0; i < 99; i++) {
      writer.write(new char[1_000]);
      int reserved = writer.held().capacity();
      assertTrue(reserved <= LIMIT + CharChunks.CHUNK, "reserved " + reserved);
    }
  }

  @Test
  void oneWriteBeyondTheLimitIsNeverHeld() throws IOException {
    BufferedStream stream = (BufferedStream) answer.getOutputStream();
    stream.write(new byte[LIMIT + 1]);
    assertEquals(0, stream.held().capacity());
  }

  @Test
  void nothingIsReservedForADeclaredLengthBeyondTheLimit() throws IOException {
    answer.setContentLengthLong(LIMIT + 1L);
    BufferedStream stream = (BufferedStream) answer.getOutputStream();
    stream.write(new byte[10]);
    assertEquals(0, stream.held().capacity());
  }

  @Test
  void aQuestionOfOurOwnForgetsABodyThatIsTooLong() {
    ProbeOutputStream stream =
        new ProbeOutputStream(LIMIT, () -> false, new ByteChunks(ChunkPool.unshared(), null));
    for (int i = 0; i < 3_000; i++) {
      stream.write(new byte[1_000], 0, 1_000);
      assertTrue(stream.held().capacity() <= LIMIT + ByteChunks.CHUNK);
    }
    assertEquals(0, stream.held().capacity());
    assertTrue(stream.isTruncated());
  }
}
