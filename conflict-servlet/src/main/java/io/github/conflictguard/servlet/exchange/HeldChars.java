package io.github.conflictguard.servlet.exchange;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Characters that wait to be encoded. */
final class HeldChars {

  private static final int CHUNK = 8 * 1024;

  private final StringBuilder chars = new StringBuilder();

  void add(char[] more, int offset, int length) {
    chars.append(more, offset, length);
  }

  /** Feeds the characters to a digest, as UTF-8, whatever the container will encode them to. */
  void digest(MessageDigest digest) {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer in = CharBuffer.wrap(chars);
    ByteBuffer out = ByteBuffer.allocate(CHUNK);
    boolean more;
    do {
      more = encoder.encode(in, out, true).isOverflow();
      out.flip();
      digest.update(out);
      out.clear();
    } while (more);
  }

  /** Writes everything and forgets it. */
  void moveTo(PrintWriter out) {
    char[] chunk = new char[Math.min(CHUNK, chars.length())];
    for (int from = 0; from < chars.length(); from += CHUNK) {
      int to = Math.min(from + CHUNK, chars.length());
      chars.getChars(from, to, chunk, 0);
      out.write(chunk, 0, to - from);
    }
    clear();
  }

  void clear() {
    chars.setLength(0);
  }
}
