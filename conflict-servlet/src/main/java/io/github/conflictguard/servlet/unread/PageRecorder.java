package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the text of a page while it is written, so that its forms can be parsed later. A very long
 * page is parsed while it is written. Not thread-safe.
 */
public final class PageRecorder implements BodyRewriter {

  /** The maximum length of a page that is kept, in characters. */
  private static final int MOST_KEPT = 256 * 1024;

  /** Longer parts are kept as they are, shorter ones are joined. */
  private static final int SHORT_PART = 1024;

  private static final int LONGEST_JOINED = 8 * 1024;

  private final UnreadPages unread;
  private final Page page;
  private final List<String> parts = new ArrayList<>();
  private final StringBuilder joined = new StringBuilder();
  private int length;
  private @Nullable BodyRewriter reader;

  /**
   * Creates a recorder.
   *
   * @param unread receives the page when it is complete
   */
  public PageRecorder(UnreadPages unread, Page page) {
    this.unread = unread;
    this.page = page;
  }

  @Override
  public void rewrite(CharSequence part, StringBuilder out) {
    BodyRewriter active = reader;
    if (active != null) {
      active.rewrite(part, out);
      return;
    }
    length += part.length();
    if (part.length() > SHORT_PART) {
      flush();
      parts.add(part.toString());
    } else {
      joined.append(part);
      if (joined.length() > LONGEST_JOINED) {
        flush();
      }
    }
    if (length > MOST_KEPT) {
      readFromNowOn(out);
    }
  }

  private void flush() {
    if (joined.length() > 0) {
      parts.add(joined.toString());
      joined.setLength(0);
    }
  }

  private void readFromNowOn(StringBuilder out) {
    flush();
    BodyRewriter now = page.reader();
    for (String part : parts) {
      now.rewrite(part, out);
      out.setLength(0);
    }
    parts.clear();
    reader = now;
  }

  @Override
  public void end(StringBuilder out) {
    BodyRewriter active = reader;
    if (active != null) {
      // The pages of a client are parsed in the order in which they were served.
      unread.readAll(page.client());
      active.end(out);
    } else {
      flush();
      unread.add(page.later(parts));
    }
  }

  @Override
  public void giveUp(StringBuilder out) {
    parts.clear();
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
     * @param parts its text
     */
    UnreadPage later(List<String> parts);
  }
}
