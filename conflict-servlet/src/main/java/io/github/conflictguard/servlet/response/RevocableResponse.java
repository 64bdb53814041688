package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response that can be revoked: then it appears committed to the application, and further changes
 * by the application are ignored, as in every container after the commit.
 */
public abstract class RevocableResponse extends DelegatingResponse {

  /** The content length that the application has declared. */
  protected final DeclaredLength declared = new DeclaredLength();

  private final @Nullable ResponseHeaderTracker before;

  /**
   * Creates a response.
   *
   * @param before called with changes of headers; null if not required
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

  /** Called before the container changes headers by itself. */
  protected final void changeAll() {
    if (before != null) {
      before.changeAll();
    }
  }

  /** Called when the application sets something that a second run would set twice, or not reset. */
  protected abstract void noteFixed();

  /** Returns whether another response replaces this one. */
  protected abstract boolean isReplaced();

  /** Throws the exception that every container throws for a committed response, if replaced. */
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
