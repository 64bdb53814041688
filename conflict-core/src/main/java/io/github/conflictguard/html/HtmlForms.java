package io.github.conflictguard.html;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the forms of a page as a browser does: what is in comments, scripts and templates is no
 * form, a form ends with its end tag or with the page, and inside of a form none begins.
 */
public final class HtmlForms {

  private HtmlForms() {}

  /** A form of which nothing but its fields is known. */
  public static FormSnapshot of(List<FormField> fields, @Nullable Charset charset) {
    return new FormSnapshot(
        new FormStartTag(new StartTag("form"), text -> text, null, charset),
        fields,
        Collections.emptyList());
  }

  /** The forms of an HTML page, in their order. */
  public static List<FormSnapshot> read(CharSequence page) {
    return read(page, false, null);
  }

  /** The forms of an XHTML page that browsers read as XML ({@code application/xhtml+xml}). */
  public static List<FormSnapshot> readXhtml(CharSequence page) {
    return read(page, true, null);
  }

  /**
   * The forms of a page, in their order.
   *
   * @param xml whether browsers read the page as XML
   * @param charset the charset of the page, in which its forms are sent unless they say another
   *     one; null when it is not known
   */
  public static List<FormSnapshot> read(CharSequence page, boolean xml, @Nullable Charset charset) {
    FormCollector collector = new FormCollector(text -> text, () -> charset, true);
    new HtmlTokenizer(collector, xml, true).accept(page);
    return collector.forms();
  }
}
