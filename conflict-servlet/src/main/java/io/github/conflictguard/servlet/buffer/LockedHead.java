package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.DelegatingResponse;
import jakarta.servlet.http.Cookie;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status and the headers of a response that the application's thread and the timer's never use
 * at the same time.
 */
abstract class LockedHead extends DelegatingResponse {

  final ResponseLock lock;

  LockedHead(BufferedResponse response, ResponseLock lock) {
    super(response);
    this.lock = lock;
  }

  @Override
  public void addCookie(Cookie cookie) {
    lock.enter();
    try {
      super.addCookie(cookie);
    } finally {
      lock.exit();
    }
  }

  @Override
  public boolean containsHeader(String name) {
    lock.enter();
    try {
      return super.containsHeader(name);
    } finally {
      lock.exit();
    }
  }

  @Override
  public String encodeURL(String url) {
    lock.enter();
    try {
      return super.encodeURL(url);
    } finally {
      lock.exit();
    }
  }

  @Override
  public String encodeRedirectURL(String url) {
    lock.enter();
    try {
      return super.encodeRedirectURL(url);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    lock.enter();
    try {
      super.setHeader(name, value);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    lock.enter();
    try {
      super.addHeader(name, value);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setStatus(int status) {
    lock.enter();
    try {
      super.setStatus(status);
    } finally {
      lock.exit();
    }
  }

  @Override
  public int getStatus() {
    lock.enter();
    try {
      return super.getStatus();
    } finally {
      lock.exit();
    }
  }

  @Override
  public @Nullable String getHeader(String name) {
    lock.enter();
    try {
      return super.getHeader(name);
    } finally {
      lock.exit();
    }
  }

  @Override
  public Collection<String> getHeaders(String name) {
    lock.enter();
    try {
      return super.getHeaders(name);
    } finally {
      lock.exit();
    }
  }

  @Override
  public Collection<String> getHeaderNames() {
    lock.enter();
    try {
      return super.getHeaderNames();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    lock.enter();
    try {
      super.setTrailerFields(supplier);
    } finally {
      lock.exit();
    }
  }

  @Override
  public String getCharacterEncoding() {
    lock.enter();
    try {
      return super.getCharacterEncoding();
    } finally {
      lock.exit();
    }
  }

  @Override
  public @Nullable String getContentType() {
    lock.enter();
    try {
      return super.getContentType();
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setCharacterEncoding(String charset) {
    lock.enter();
    try {
      super.setCharacterEncoding(charset);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setContentLength(int length) {
    lock.enter();
    try {
      super.setContentLength(length);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    lock.enter();
    try {
      super.setContentLengthLong(length);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setContentType(String type) {
    lock.enter();
    try {
      super.setContentType(type);
    } finally {
      lock.exit();
    }
  }

  @Override
  public void setLocale(Locale locale) {
    lock.enter();
    try {
      super.setLocale(locale);
    } finally {
      lock.exit();
    }
  }

  @Override
  public Locale getLocale() {
    lock.enter();
    try {
      return super.getLocale();
    } finally {
      lock.exit();
    }
  }
}
