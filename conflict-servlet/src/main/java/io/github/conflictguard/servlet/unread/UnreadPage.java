package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import java.util.function.Supplier;

/**
 * A page that was served, and whose forms have not been parsed yet. Either parsed or dropped, once.
 */
public final class UnreadPage {

  /** The estimated size of a page in addition to its text. */
  private static final int OVERHEAD = 1024;

  private final ClientIdentity client;
  private final PageText text;
  private final Supplier<BodyRewriter> reader;
  private final long size;

  /**
   * Creates a page.
   *
   * @param client to which it was served
   * @param text its complete text
   * @param reader supplies what parses the page and records its forms
   */
  public UnreadPage(ClientIdentity client, PageText text, Supplier<BodyRewriter> reader) {
    this.client = client;
    this.text = text;
    this.reader = reader;
    this.size = OVERHEAD + text.size();
  }

  /** Returns the client to which the page was served. */
  ClientIdentity client() {
    return client;
  }

  /** Returns its size in bytes, including overhead. */
  long size() {
    return size;
  }

  /** Parses the page, records its forms, and drops its text. */
  void read() {
    try {
      BodyRewriter rewriter = reader.get();
      StringBuilder dropped = new StringBuilder();
      text.read(
          part -> {
            rewriter.rewrite(part, dropped);
            dropped.setLength(0);
          });
      rewriter.end(dropped);
    } finally {
      text.drop();
    }
  }

  /** Drops the text, so that its memory is used for other pages. */
  void drop() {
    text.drop();
  }
}
