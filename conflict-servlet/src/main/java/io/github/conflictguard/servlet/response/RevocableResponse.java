package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response that can be taken away from the application: then it looks committed, and what the
 * application says of the answer reaches nobody. In every container that is too late.
 */
public abstract class RevocableResponse extends DelegatingResponse {

  protected final DeclaredLength declared = new DeclaredLength();

  private final @Nullable ResponseHeaderTracker before;

  /**
   * Begins.
   *
   * @param before what is told of changes; null where nobody wants to know
   */
  public RevocableResponse(HttpServletResponse response, @Nullable ResponseHeaderTracker before) {
    super(response);
    this.before = before;
  }

  private void changes(String name) {
    if (before != null) {
      before.changes(name);
    }
  }

  /** Called before the container changes headers in its own way. */
  protected final void changeAll() {
    if (before != null) {
      before.changeAll();
    }
  }

  /** Called when something is set that a second run would set twice, or might leave as it is. */
  protected abstract void noteFixed();

  /** Whether somebody else answers. */
  protected abstract boolean isReplaced();

  /** What every container says of a response that was answered already. */
  protected final void checkNotReplaced() {
    if (isReplaced()) {
      throw new IllegalStateException("The response has been committed");
    }
  }

  @Override
  public boolean isCommitted() {
    return isReplaced() || super.isCommitted();
  }

  @Override
  public void setStatus(int status) {
    if (!isReplaced()) {
      if (status != getStatus()) {
        noteFixed();
      }
      super.setStatus(status);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!isReplaced()) {
      noteFixed();
      super.addCookie(cookie);
    }
  }

  @Override
  public void setContentType(String type) {
    if (!isReplaced()) {
      super.setContentType(type);
    }
  }

  @Override
  public void setCharacterEncoding(String charset) {
    if (!isReplaced()) {
      super.setCharacterEncoding(charset);
    }
  }

  @Override
  public void setLocale(Locale locale) {
    if (!isReplaced()) {
      changes("Content-Language");
      super.setLocale(locale);
    }
  }

  @Override
  public void setContentLength(int length) {
    if (!isReplaced()) {
      declared.set(length);
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isReplaced()) {
      declared.set(length);
      super.setContentLengthLong(length);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isReplaced()) {
      declared.noteHeader(name, value);
      changes(name);
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (!isReplaced()) {
      declared.noteHeader(name, value);
      changes(name);
      noteFixed();
      super.addHeader(name, value);
    }
  }
}
