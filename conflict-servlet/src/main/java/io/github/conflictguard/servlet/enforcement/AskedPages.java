package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.tag.AskedPage;
import org.jspecify.annotations.Nullable;

/**
 * The pages that the application serves of the record of one write. They are requested at most
 * twice, however many pages the form can come from. Not thread-safe.
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

  /** Returns the page of a second internal GET, which reveals values that differ on each page. */
  AskedPage second() {
    AskedPage page = second;
    if (page == null) {
      page = states.page(exchange);
      second = page;
    }
    return page;
  }
}
