package io.github.conflictguard.html;

import io.github.conflictguard.html.token.StartTag;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The attributes of the start tag of a form. Immutable. */
public final class FormStartTag {

  /** The default media type of submitted forms. */
  public static final String URLENCODED = "application/x-www-form-urlencoded";

  /** The media type of submitted forms that may contain files. */
  public static final String MULTIPART = "multipart/form-data";

  private static final String PLAIN = "text/plain";

  /** Limits the charset lookups: searching for a missing charset is slow. */
  private static final int MOST_CHARSETS = 10;

  final @Nullable String id;
  final @Nullable String name;

  /** The action without surrounding white space; empty when there is none. */
  public final String action;

  /** The method: {@code GET}, {@code POST} or {@code DIALOG}. */
  public final String method;

  final String enctype;
  final @Nullable Charset charset;
  private final @Nullable String base;
  private final boolean toPage;

  /**
   * Reads a start tag.
   *
   * @param value decodes the value of an attribute
   * @param base the base URL of the page; null when it declares none
   * @param pageCharset the charset of the page; null when it is not known
   */
  FormStartTag(
      StartTag tag,
      UnaryOperator<String> value,
      @Nullable String base,
      @Nullable Charset pageCharset) {
    this.id = valueOf(tag, "id", value);
    this.name = valueOf(tag, "name", value);
    String where = valueOf(tag, "action", value);
    this.action = where == null ? "" : where.trim();
    this.method = keyword(tag, "method", "GET", "POST", "DIALOG").toUpperCase(Locale.ROOT);
    this.enctype = keyword(tag, "enctype", URLENCODED, MULTIPART, PLAIN);
    this.charset = charset(valueOf(tag, "accept-charset", value), pageCharset);
    this.base = base;
    // White space is an address like any other (HTML, 4.10.21.3) and resolves to the base.
    this.toPage = where == null || where.isEmpty();
  }

  /**
   * Returns the path and query to which the form is submitted; null when the target is external.
   *
   * @param page the address of the page
   */
  public @Nullable String target(String page) {
    return LinkTarget.of(page, toPage ? null : base, action);
  }

  /** Returns the target for the address of a button. */
  public @Nullable String targetOf(String page, String other) {
    return LinkTarget.of(page, base, other);
  }

  private static @Nullable String valueOf(
      StartTag tag, String attribute, UnaryOperator<String> value) {
    String raw = tag.raw(attribute);
    return raw == null ? null : value.apply(raw);
  }

  private static String keyword(StartTag tag, String attribute, String standard, String... others) {
    String value = tag.raw(attribute);
    for (String other : others) {
      if (other.equalsIgnoreCase(value)) {
        return other;
      }
    }
    return standard;
  }

  /** Returns the first accepted charset that this platform supports. */
  private static @Nullable Charset charset(@Nullable String accepted, @Nullable Charset ofPage) {
    if (accepted != null) {
      for (String name : accepted.split("[\\s,]+", MOST_CHARSETS)) {
        try {
          return Charset.forName(name);
        } catch (IllegalArgumentException e) {
          // Not supported: try the next one.
        }
      }
    }
    return ofPage;
  }
}
