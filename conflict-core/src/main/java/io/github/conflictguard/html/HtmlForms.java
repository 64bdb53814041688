package io.github.conflictguard.html;

import io.github.conflictguard.html.token.HtmlTokenizer;
import io.github.conflictguard.html.token.StartTag;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the forms of a page as a browser does: comments, scripts and templates contain no forms, a
 * form ends with its end tag or with the page, and forms are not nested.
 */
public final class HtmlForms {

  private HtmlForms() {}

  /** Returns a form of which only the fields are known. */
  public static FormSnapshot of(List<FormField> fields, @Nullable Charset charset) {
    return new FormSnapshot(
        new FormStartTag(new StartTag("form"), text -> text, null, charset),
        fields,
        Collections.emptyList());
  }

  /** Returns the forms of an HTML page, in document order. */
  public static List<FormSnapshot> read(CharSequence page) {
    return read(page, false, null);
  }

  /**
   * Returns the forms of an XHTML page that browsers parse as XML ({@code application/xhtml+xml}).
   */
  public static List<FormSnapshot> readXhtml(CharSequence page) {
    return read(page, true, null);
  }

  /**
   * Returns the forms of a page, in document order.
   *
   * @param xml whether browsers parse the page as XML
   * @param charset the charset of the page, in which its forms are sent unless they specify another
   *     one; null when it is not known
   */
  public static List<FormSnapshot> read(CharSequence page, boolean xml, @Nullable Charset charset) {
    FormCollector collector = new FormCollector(text -> text, () -> charset, true);
    new HtmlTokenizer(collector, xml).accept(page);
    return collector.forms();
  }
}
