package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request with the selecting headers of another one. Used only for the internal GET: the
 * application still sees the unchanged headers of the client's request.
 */
final class SelectingRequest extends HttpServletRequestWrapper {

  private final Map<String, @Nullable String> replaced =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final @Nullable String query;

  SelectingRequest(HttpServletRequest request, SelectingHeaders headers) {
    super(request);
    replaced.put("Accept", headers.accept);
    replaced.put("Accept-Language", headers.language);
    replaced.put("Accept-Charset", headers.charset);
    this.query = headers.query;
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return replaced.containsKey(name) ? replaced.get(name) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (!replaced.containsKey(name)) {
      return super.getHeaders(name);
    }
    String value = replaced.get(name);
    return value == null
        ? Collections.<String>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
    names.removeIf(replaced::containsKey);
    replaced.forEach(
        (name, value) -> {
          if (value != null) {
            names.add(name);
          }
        });
    return Collections.enumeration(names);
  }

  @Override
  public Locale getLocale() {
    return getLocales().nextElement();
  }

  /** Returns the locales. The containers' own list contains those of the header that was sent. */
  @Override
  public Enumeration<Locale> getLocales() {
    String languages = replaced.get("Accept-Language");
    List<Locale> locales = new ArrayList<>();
    if (languages != null) {
      try {
        for (Locale.LanguageRange range : Locale.LanguageRange.parse(languages)) {
          if (range.getWeight() > 0 && !range.getRange().equals("*")) {
            locales.add(Locale.forLanguageTag(range.getRange()));
          }
        }
      } catch (IllegalArgumentException e) {
        // A malformed header selects no language.
      }
    }
    if (locales.isEmpty()) {
      locales.add(Locale.getDefault());
    }
    return Collections.enumeration(locales);
  }
}
