package io.github.conflictguard.servlet.formdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.conflictguard.servlet.formdata.BodyDigest.Sameness;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A long body is compared with the part of it that the application has read. */
class BodyDigestTest {

  private static final int LENGTH = 1_000_000;

  @Test
  void unreadBodyIsNotKnown() throws Exception {
    assertNull(BodyDigest.of(request("x".repeat(LENGTH))));
  }

  @Test
  void beginningThatWasReadIsCompared() throws Exception {
    BodyDigest beginning = read(request("x".repeat(LENGTH)), 1000);
    assertNull(beginning.text());
    String other = "x".repeat(1000) + "y".repeat(LENGTH);
    assertEquals(Sameness.SAME, beginning.compare(request(other)));
    String early = "x".repeat(999) + "y".repeat(LENGTH);
    assertEquals(Sameness.OTHER, beginning.compare(request(early)));
    assertEquals(Sameness.OTHER, beginning.compare(request("x".repeat(999))));
  }

  @Test
  void completeBodyIsComparedToItsEnd() throws Exception {
    BodyDigest whole = read(request("x".repeat(LENGTH)), LENGTH);
    assertNotNull(whole.text());
    assertEquals(Sameness.SAME, whole.compare(request("x".repeat(LENGTH))));
    assertEquals(Sameness.OTHER, whole.compare(request("x".repeat(LENGTH) + "x")));
    assertEquals(Sameness.OTHER, whole.compare(request("x".repeat(LENGTH - 1))));
    assertEquals(Sameness.OTHER, whole.compare(request("x".repeat(LENGTH - 1) + "y")));
  }

  /** Wherever a read ends, and whatever looks like the beginning of a boundary. */
  @Test
  void boundaryIsLeftOutWhereverItIs() {
    String body = "--aab\r\n\r\naaaab aa aab a\r\n--aab--aa";
    for (int at = 0; at <= body.length(); at++) {
      BodyHash hash = BodyHash.of("multipart/mixed; boundary=aab", Long.MAX_VALUE);
      byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
      hash.add(bytes, 0, at);
      hash.add(bytes, at, bytes.length - at);
      BodyHash plain = BodyHash.of("text/plain", Long.MAX_VALUE);
      // The last two characters may still become a boundary, and are not counted.
      byte[] rest = "--\r\n\r\naa aa  a\r\n----".getBytes(StandardCharsets.US_ASCII);
      plain.add(rest, 0, rest.length);
      assertEquals(plain.length(), hash.length(), "" + at);
      assertEquals(
          new String(plain.value(), StandardCharsets.ISO_8859_1),
          new String(hash.value(), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void bodyThatIsPassedByteByByteHasTheSameDigest() {
    Random random = new Random(42);
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) "abc".charAt(random.nextInt(3));
      }
      int limit = random.nextInt(60);
      BodyHash whole = BodyHash.of("multipart/mixed; boundary=abab", limit);
      whole.add(bytes, 0, bytes.length);
      BodyHash single = BodyHash.of("multipart/mixed; boundary=abab", limit);
      for (int i = 0; i < bytes.length; i++) {
        single.add(bytes, i, 1);
      }
      assertArrayEquals(single.value(), whole.value());
      assertEquals(single.length(), whole.length());
      assertEquals(single.isExceeded(), whole.isExceeded());
    }
  }

  private static BodyDigest read(HttpServletRequest request, int length) throws Exception {
    request.getInputStream().readNBytes(length);
    BodyDigest digest = BodyDigest.of(request);
    assertNotNull(digest);
    return digest;
  }

  private static HttpServletRequest request(String body) throws Exception {
    HttpServletRequest request = mock(HttpServletRequest.class, withSettings().stubOnly());
    when(request.getMethod()).thenReturn("POST");
    when(request.getProtocol()).thenReturn("HTTP/1.1");
    when(request.getContentLengthLong()).thenReturn((long) body.length());
    ServletInputStream stream = new Stream(body);
    when(request.getInputStream()).thenReturn(stream);
    return DigestedRequest.of(request, FormLimits.DEFAULT);
  }

  /** The stream of a container. */
  private static final class Stream extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Stream(String body) {
      bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException();
    }
  }
}
