package io.github.conflictguard.servlet.unread;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text of a page, in one byte for each character where all characters of a part allow it, else
 * in two. Thread-safe: a thread of the application may still write while another one ends the
 * response. What comes after the end is dropped, so that no chunk is written after it was given
 * back.
 */
public final class PageText {

  /** The number of characters for which no memory has to be reserved. */
  static final int SHORT = 256 * 1024;

  /** Shorter parts are joined before they are encoded. */
  private static final int JOINED = 4 * 1024;

  private static final int FIRST_JOINED = 512;

  /** The estimated size of an array and of its run in addition to the characters. */
  private static final int OVERHEAD = 96;

  private final TextChunks memory;
  private final int most;
  private List<Run> runs = new ArrayList<>(4);
  private char[] joined = {};
  private int joinedLength;
  private byte @Nullable [] chunk;
  private int used;
  private @Nullable CharsetEncoder latin;
  private int length;
  private int reserved;
  private boolean ended;

  /**
   * Creates an empty text.
   *
   * @param most the maximum number of characters
   */
  PageText(TextChunks memory, int most) {
    this.memory = memory;
    this.most = most;
  }

  /**
   * Reserves memory for further characters, if that is necessary. Returns false when the text would
   * become too long, or when other long pages have used up the memory.
   */
  synchronized boolean makeRoom(int more) {
    if (ended) {
      return true;
    }
    if (more > most - length) {
      return false;
    }
    int rest = Math.max(0, length + more - SHORT) - reserved;
    if (rest > 0) {
      if (!memory.reserve(rest)) {
        return false;
      }
      reserved += rest;
    }
    return true;
  }

  /** Appends bytes, each of which is a character. */
  synchronized void append(byte[] bytes, int offset, int count) {
    if (ended) {
      return;
    }
    encodeJoined();
    length += count;
    for (int done = 0; done < count; ) {
      byte[] target = room(1);
      int now = Math.min(count - done, target.length - used);
      System.arraycopy(bytes, offset + done, target, used, now);
      add(target, now, false);
      done += now;
    }
  }

  /** Appends characters of an array. */
  synchronized void append(char[] chars, int offset, int count) {
    if (ended) {
      return;
    }
    length += count;
    if (count > JOINED - joinedLength) {
      encodeJoined();
    }
    if (count > JOINED) {
      encode(chars, offset, count);
    } else {
      System.arraycopy(chars, offset, joined(count), joinedLength, count);
      joinedLength += count;
    }
  }

  /** Appends characters of a string. */
  synchronized void append(String text, int from, int count) {
    if (ended) {
      return;
    }
    length += count;
    for (int done = 0; done < count; ) {
      if (joinedLength == JOINED) {
        encodeJoined();
      }
      int now = Math.min(count - done, JOINED - joinedLength);
      text.getChars(from + done, from + done + now, joined(now), joinedLength);
      joinedLength += now;
      done += now;
    }
  }

  /** Returns the array of joined characters, with room for more. */
  private char[] joined(int more) {
    int least = joinedLength + more;
    if (joined.length < least) {
      joined = Arrays.copyOf(joined, least > FIRST_JOINED ? JOINED : FIRST_JOINED);
    }
    return joined;
  }

  private void encodeJoined() {
    if (joinedLength > 0) {
      encode(joined, 0, joinedLength);
      joinedLength = 0;
    }
  }

  private void encode(char[] chars, int offset, int count) {
    CharsetEncoder encoder = latin == null ? StandardCharsets.ISO_8859_1.newEncoder() : latin;
    latin = encoder;
    CharBuffer in = CharBuffer.wrap(chars, offset, count);
    while (in.hasRemaining()) {
      byte[] target = room(Character.BYTES);
      ByteBuffer out = ByteBuffer.wrap(target, used, target.length - used);
      boolean fits = !encoder.reset().encode(in, out, true).isError();
      add(target, out.position() - used, false);
      if (!fits) {
        encodeWide(in);
      }
    }
  }

  /** Encodes the rest of a part in two bytes for each character. */
  private void encodeWide(CharBuffer in) {
    while (in.hasRemaining()) {
      byte[] target = room(Character.BYTES);
      int now = Math.min(in.remaining(), (target.length - used) / Character.BYTES);
      CharBuffer part = in.duplicate();
      part.limit(in.position() + now);
      ByteBuffer.wrap(target, used, target.length - used).asCharBuffer().put(part);
      in.position(in.position() + now);
      add(target, now * Character.BYTES, true);
    }
  }

  /** Returns the present chunk, with room for so many bytes, or the next one. */
  private byte[] room(int bytes) {
    byte[] present = chunk;
    if (present == null || present.length - used < bytes) {
      present = memory.take();
      chunk = present;
      used = 0;
    }
    return present;
  }

  private void add(byte[] target, int bytes, boolean wide) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.bytes == target && last.wide == wide && last.to == used) {
      last.to += bytes;
    } else if (bytes > 0) {
      runs.add(new Run(target, used, used + bytes, wide));
    }
    used += bytes;
  }

  /** Ends the text. The last chunk is replaced by an array of the size that was used of it. */
  synchronized void complete() {
    encodeJoined();
    joined = new char[0];
    latin = null;
    byte[] last = chunk;
    chunk = null;
    if (last != null && used < last.length) {
      byte[] exact = Arrays.copyOf(last, used);
      runs.stream().filter(run -> run.bytes == last).forEach(run -> run.bytes = exact);
      memory.give(last);
    }
    end();
  }

  /** Passes the text in its parts. */
  synchronized void read(Consumer<String> reader) {
    encodeJoined();
    for (Run run : runs) {
      reader.accept(run.text());
    }
  }

  /** Drops the text, and returns its memory. */
  synchronized void drop() {
    byte[] given = null;
    for (Run run : runs) {
      if (run.bytes != given) {
        given = run.bytes;
        memory.give(given);
      }
    }
    abandon();
  }

  /** Drops the text, and leaves its memory to the garbage collector. */
  synchronized void abandon() {
    runs = new ArrayList<>(0);
    joinedLength = 0;
    chunk = null;
    end();
  }

  private void end() {
    ended = true;
    memory.endReservation(reserved);
    reserved = 0;
  }

  /** Returns the size in bytes, including overhead. */
  synchronized long size() {
    long size = 0;
    for (Run run : runs) {
      size += OVERHEAD + run.to - run.from;
    }
    return size;
  }

  /** Adjacent characters of the same width in one array. */
  private static final class Run {

    byte[] bytes;
    final int from;
    int to;
    final boolean wide;

    Run(byte[] bytes, int from, int to, boolean wide) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      this.wide = wide;
    }

    String text() {
      int count = to - from;
      // A decoder of UTF-16 would replace half a pair at the end of a run.
      return wide
          ? ByteBuffer.wrap(bytes, from, count).asCharBuffer().toString()
          : new String(bytes, from, count, StandardCharsets.ISO_8859_1);
    }
  }
}
