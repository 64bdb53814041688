package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response that holds back the validators of the application until it is decided whether its body
 * is rewritten. They do not apply to another body: a strong tag changes with each byte (RFC 9110,
 * 8.8.1), and with a date, caches may reuse a page whose tokens were used (RFC 9111, 4.2.2).
 * Validators are held back because not every container can remove a header. Not thread-safe.
 */
public abstract class ValidatorHoldingResponse extends DelegatingResponse {

  private final Map<String, String> validators = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public ValidatorHoldingResponse(HttpServletResponse response) {
    super(response);
  }

  /** Returns whether validators are held back, or belong to a body that is rewritten. */
  protected abstract boolean holdsValidators();

  /** Sets the validators on the container's response. */
  protected final void sendValidators() {
    validators.forEach(super::setHeader);
    validators.clear();
  }

  /** Discards the validators that are held back. */
  protected final void forgetValidators() {
    validators.clear();
  }

  private boolean isHeldBack(String name) {
    return (name.equalsIgnoreCase("ETag") || name.equalsIgnoreCase("Last-Modified"))
        && holdsValidators();
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isHeldBack(name)) {
      super.setHeader(name, value);
    } else if (value == null) {
      validators.remove(name);
    } else {
      validators.put(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (isHeldBack(name)) {
      setHeader(name, value);
    } else {
      super.addHeader(name, value);
    }
  }

  @Override
  public boolean containsHeader(String name) {
    return validators.containsKey(name) || super.containsHeader(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    String held = validators.get(name);
    return held == null ? super.getHeader(name) : held;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    String held = validators.get(name);
    return held == null ? super.getHeaders(name) : Collections.singletonList(held);
  }

  @Override
  public Collection<String> getHeaderNames() {
    if (validators.isEmpty()) {
      return super.getHeaderNames();
    }
    Set<String> names = new LinkedHashSet<>(super.getHeaderNames());
    names.addAll(validators.keySet());
    return names;
  }
}
