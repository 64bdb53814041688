package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.servlet.probe.ProbeResponse;
import org.jspecify.annotations.Nullable;

/** What an application answered when it was asked for a page. Immutable. */
public final class AskedPage {

  private final @Nullable String text;
  private final @Nullable ProbeResponse refusal;
  private final boolean gone;

  AskedPage(@Nullable String text, @Nullable ProbeResponse refusal, boolean gone) {
    this.text = text;
    this.refusal = refusal;
    this.gone = gone;
  }

  /** Returns what stands for a page that could not be read. */
  public static AskedPage unreadable() {
    return new AskedPage(null, null, false);
  }

  /** The page; null when there is none, or it is too long. */
  public @Nullable String text() {
    return text;
  }

  /** Whether the application has answered that there is nothing (404, 410). */
  public boolean isGone() {
    return gone;
  }

  /** The answer by which the application refused to show it (401, 403, redirect); else null. */
  public @Nullable ProbeResponse refusal() {
    return refusal;
  }
}
