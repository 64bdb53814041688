package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.tag.AskedPage;
import org.jspecify.annotations.Nullable;

/**
 * What the application shows of the record of one write: asked for at most twice, however many
 * pages the form can come from. For one thread.
 */
public final class AskedPages {

  private final Exchange exchange;
  private final CurrentStates states;
  private @Nullable AskedPage first;
  private @Nullable AskedPage second;

  public AskedPages(Exchange exchange, CurrentStates states) {
    this.exchange = exchange;
    this.states = states;
  }

  AskedPage first() {
    AskedPage page = first;
    if (page == null) {
      page = states.page(exchange);
      first = page;
    }
    return page;
  }

  /** Returns what it shows when it is asked again, which tells what differs on each page. */
  AskedPage second() {
    AskedPage page = second;
    if (page == null) {
      page = states.page(exchange);
      second = page;
    }
    return page;
  }
}
