package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.servlet.client.ClientIdentity;

/** The end of a page that was served: to which client, and when. Immutable. */
public final class PageEnd {

  /** The client to which the page was served. */
  public final ClientIdentity client;

  /** The logical time at which it had been served. */
  public final long time;

  /** Creates the end of a page. */
  public PageEnd(ClientIdentity client, long time) {
    this.client = client;
    this.time = time;
  }
}
