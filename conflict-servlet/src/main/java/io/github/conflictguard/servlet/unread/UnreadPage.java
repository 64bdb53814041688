package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import java.util.List;
import java.util.function.Supplier;

/** A page that was served, and whose forms have not been parsed yet. Immutable. */
public final class UnreadPage {

  /** The estimated size of a page in addition to its text. */
  private static final int OVERHEAD = 1024;

  private final long number;
  private final ClientIdentity client;
  private final List<String> parts;
  private final Supplier<BodyRewriter> reader;
  private final long length;

  /**
   * Creates a page.
   *
   * @param number its unique number
   * @param client to which it was served
   * @param reader supplies what parses the page and records its forms
   */
  public UnreadPage(
      long number, ClientIdentity client, List<String> parts, Supplier<BodyRewriter> reader) {
    this.number = number;
    this.client = client;
    this.parts = parts;
    this.reader = reader;
    long characters = 0;
    for (String part : parts) {
      characters += 48 + part.length();
    }
    this.length = OVERHEAD + characters;
  }

  /** Returns the client to which the page was served. */
  ClientIdentity client() {
    return client;
  }

  /** Returns its unique number. */
  long number() {
    return number;
  }

  /** Returns its size in characters, including overhead. */
  long length() {
    return length;
  }

  /** Parses the page, and records its forms. Called once. */
  void read() {
    BodyRewriter rewriter = reader.get();
    StringBuilder dropped = new StringBuilder();
    for (String part : parts) {
      rewriter.rewrite(part, dropped);
      dropped.setLength(0);
    }
    rewriter.end(dropped);
  }
}
