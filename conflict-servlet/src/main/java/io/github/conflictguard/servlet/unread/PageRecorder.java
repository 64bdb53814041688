package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the text of a page while it is written, so that its forms can be parsed later. A page that
 * is too long for the memory is parsed while it is written. Not thread-safe.
 */
public final class PageRecorder implements BodyRewriter {

  private final UnreadPages unread;
  private final Page page;
  private final PageText text;
  private @Nullable BodyRewriter reader;

  /**
   * Creates a recorder.
   *
   * @param unread receives the page when it is complete
   */
  public PageRecorder(UnreadPages unread, Page page) {
    this.unread = unread;
    this.page = page;
    this.text = unread.newText();
  }

  @Override
  public void rewrite(CharSequence part, StringBuilder out) {
    String all = part.toString();
    rewrite(all, 0, all.length(), out);
  }

  @Override
  public void rewrite(byte[] bytes, int offset, int length, StringBuilder out) {
    BodyRewriter active = readerFrom(length, out);
    if (active == null) {
      text.append(bytes, offset, length);
    } else {
      active.rewrite(bytes, offset, length, out);
    }
  }

  @Override
  public void rewrite(char[] chars, int offset, int length, StringBuilder out) {
    BodyRewriter active = readerFrom(length, out);
    if (active == null) {
      text.append(chars, offset, length);
    } else {
      active.rewrite(chars, offset, length, out);
    }
  }

  @Override
  public void rewrite(String part, int offset, int length, StringBuilder out) {
    BodyRewriter active = readerFrom(length, out);
    if (active == null) {
      text.append(part, offset, length);
    } else {
      active.rewrite(part, offset, length, out);
    }
  }

  /**
   * Returns what parses the page from its next part on, to which it has passed the text so far;
   * null when the next part can be kept.
   */
  private @Nullable BodyRewriter readerFrom(int next, StringBuilder out) {
    if (reader == null && !text.makeRoom(next)) {
      BodyRewriter now = page.reader();
      text.read(
          part -> {
            now.rewrite(part, out);
            out.setLength(0);
          });
      text.drop();
      reader = now;
    }
    return reader;
  }

  @Override
  public void end(StringBuilder out) {
    BodyRewriter active = reader;
    if (active != null) {
      // The pages of a client are parsed in the order in which they were served.
      unread.readAll(page.client());
      active.end(out);
    } else {
      text.complete();
      unread.add(page.later(text));
    }
  }

  @Override
  public void giveUp(StringBuilder out) {
    text.abandon();
  }

  /** A page that is being served. */
  public interface Page {

    /** Returns the client to which the complete page was served. */
    ClientIdentity client();

    /** Returns what parses the page while it is served. */
    BodyRewriter reader();

    /**
     * Returns the complete page, to be parsed later, when its request is no longer available.
     *
     * @param text its complete text
     */
    UnreadPage later(PageText text);
  }
}
