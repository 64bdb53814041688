package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.servlet.probe.ProbeResponse;
import org.jspecify.annotations.Nullable;

/** The response of the application to an internal GET for a page. Immutable. */
public final class AskedPage {

  private final @Nullable String text;
  private final @Nullable ProbeResponse refusal;
  private final boolean gone;

  AskedPage(@Nullable String text, @Nullable ProbeResponse refusal, boolean gone) {
    this.text = text;
    this.refusal = refusal;
    this.gone = gone;
  }

  /** Returns the result for a page that could not be read. */
  public static AskedPage unreadable() {
    return new AskedPage(null, null, false);
  }

  /** Returns the page, or null if there is none or it is too long. */
  public @Nullable String text() {
    return text;
  }

  /** Returns whether the application has responded that the page does not exist (404, 410). */
  public boolean isGone() {
    return gone;
  }

  /** Returns the response that denies access to the page (401, 403, redirect), or null. */
  public @Nullable ProbeResponse refusal() {
    return refusal;
  }
}
