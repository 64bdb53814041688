package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.response.ContentChecksum;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.Charset;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the body of a response that is sent unchanged: a {@link BodyRewriter} whose output is
 * dropped reads its forms, and a checksum its content. There is one body for all passes of an
 * asynchronous request. A failure of either only ends the reading. Not thread-safe.
 */
public final class ObservedBody {

  private static final Logger LOG = Logger.getLogger(ObservedBody.class.getName());

  private final BodyRewriter.@Nullable Choice pages;
  private final @Nullable ContentChecksum checksum;
  private final StringBuilder dropped = new StringBuilder();
  private boolean begun;
  private boolean whole = true;
  private boolean isCompared;
  private @Nullable CodeUnits units;
  private @Nullable BodyRewriter page;

  /**
   * Creates a reader.
   *
   * @param pages selects the rewriter that reads the forms of the body; null to read no forms
   * @param checksum the checksum of the body; null if its content does not matter
   */
  public ObservedBody(BodyRewriter.@Nullable Choice pages, @Nullable ContentChecksum checksum) {
    this.pages = pages;
    this.checksum = checksum;
  }

  /**
   * Ends the reading. Called when the application has written everything; may be called repeatedly.
   */
  public void end() {
    BodyRewriter active = page;
    page = null;
    if (active != null) {
      try {
        active.end(dropped);
      } catch (RuntimeException e) {
        failed(active, e);
      }
    }
  }

  /** Returns whether the checksum is that of the complete body. */
  public boolean isWhole() {
    return whole && begun;
  }

  void passed(HttpServletResponse response, byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    begin(response, false);
    if (isCompared && checksum != null) {
      checksum.update(bytes, offset, length);
    }
    BodyRewriter active = page;
    CodeUnits known = units;
    if (active == null || known == null) {
      return;
    }
    try {
      if (known.areBytes()) {
        active.rewrite(bytes, offset, length, dropped);
      } else {
        active.rewrite(known.of(bytes, offset, length), dropped);
      }
    } catch (RuntimeException e) {
      failed(active, e);
    }
    dropped.setLength(0);
  }

  void passed(HttpServletResponse response, char[] chars, int offset, int length) {
    if (length == 0) {
      return;
    }
    begin(response, true);
    if (isCompared && checksum != null) {
      checksum.update(chars, offset, length);
    }
    BodyRewriter active = page;
    if (active == null) {
      return;
    }
    try {
      active.rewrite(chars, offset, length, dropped);
    } catch (RuntimeException e) {
      failed(active, e);
    }
    dropped.setLength(0);
  }

  void passed(HttpServletResponse response, String text, int offset, int length) {
    if (length == 0) {
      return;
    }
    begin(response, true);
    if (isCompared && checksum != null) {
      checksum.update(text, offset, length);
    }
    BodyRewriter active = page;
    if (active == null) {
      return;
    }
    try {
      active.rewrite(text, offset, length, dropped);
    } catch (RuntimeException e) {
      failed(active, e);
    }
    dropped.setLength(0);
  }

  /** Records that a part was written whose bytes are unknown. */
  void passedUnseen() {
    whole = false;
    leavePage();
  }

  /**
   * Records that the following output is not a page of the application: an error page, a redirect.
   */
  void leavePage() {
    BodyRewriter active = page;
    page = null;
    if (active != null) {
      giveUp(active);
    }
  }

  /** Starts again, because the container has discarded the output. */
  void forget() {
    begun = false;
    whole = true;
    leavePage();
    if (checksum != null) {
      checksum.reset();
    }
  }

  private void begin(HttpServletResponse response, boolean characters) {
    if (begun) {
      return;
    }
    begun = true;
    isCompared = checksum != null && checksum.isOf(response);
    whole &= isCompared;
    if (pages != null) {
      try {
        units =
            characters
                ? CodeUnits.ofWriter(Charset.forName(response.getCharacterEncoding()))
                : CodeUnits.ofStream(CodeUnits.said(response));
        page = units == null ? null : pages.of(response, units);
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }

  /** Leaves a page that cannot be read: the memory that is reserved for it is released. */
  private void failed(BodyRewriter active, RuntimeException e) {
    page = null;
    report(e);
    giveUp(active);
  }

  private void giveUp(BodyRewriter active) {
    try {
      active.giveUp(dropped);
    } catch (RuntimeException e) {
      report(e);
    }
    dropped.setLength(0);
  }

  private static void report(RuntimeException e) {
    LOG.log(Level.WARNING, "An answer cannot be observed", e);
  }
}
