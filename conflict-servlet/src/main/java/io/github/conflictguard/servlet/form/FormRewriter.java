package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormCollector;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.FormStartTag;
import io.github.conflictguard.html.LinkAttribute;
import io.github.conflictguard.html.token.HtmlListener;
import io.github.conflictguard.html.token.HtmlTokenizer;
import io.github.conflictguard.html.token.StartTag;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.CodeUnits;
import io.github.conflictguard.servlet.rewrite.LateRewriter;
import io.github.conflictguard.servlet.rule.FormSpec.TokenPlace;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inserts tokens into the forms of a page while the page is written, and collects their fields.
 * Text that may become a tag is buffered until the tag is complete; all other text passes
 * immediately. Not thread-safe.
 */
final class FormRewriter implements BodyRewriter, HtmlListener {

  private static final Logger LOG = Logger.getLogger(FormRewriter.class.getName());

  /** The maximum length of a tag; a page with a longer one is not rewritten from there on. */
  private static final int LONGEST_TAG = 64 * 1024;

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([^\\s\"';]+)", Pattern.CASE_INSENSITIVE);

  private final CodeUnits units;
  private final boolean xml;
  private final FormTokenInserter page;
  private final FormCollector collector;
  private final HtmlTokenizer tokenizer;
  private final StringBuilder held = new StringBuilder();
  private boolean awaiting;
  private boolean over;

  FormRewriter(CodeUnits units, boolean xml, FormTokenInserter page) {
    this.units = units;
    this.xml = xml;
    this.page = page;
    this.collector = new FormCollector(units::decode, units::charset, !page.isForCounts());
    this.tokenizer =
        page.isForCounts()
            ? HtmlTokenizer.ofForms(this, xml, page.mayHaveLinks())
            : new HtmlTokenizer(this, xml);
  }

  /** Returns a rewriter of a page that is parsed no earlier than necessary. */
  static BodyRewriter of(CodeUnits units, boolean xml, FormTokenInserter page) {
    return page.mayHaveLinks()
        ? new FormRewriter(units, xml, page)
        : new LateRewriter(
            () -> new FormRewriter(units, xml, page), () -> page.finished(Collections.emptyList()));
  }

  @Override
  public void rewrite(CharSequence part, StringBuilder out) {
    String text = part.toString();
    int i = 0;
    while (i < text.length() && !over) {
      int end = read(text, i, out);
      if (over || !tokenizer.isInTag() || held.length() > LONGEST_TAG) {
        over |= tokenizer.isInTag();
        out.append(held);
        held.setLength(0);
      }
      i = end;
    }
    out.append(text, i, text.length());
  }

  /**
   * Parses further text, and buffers it, unless it can be sent. If anything fails here, the
   * application's page is served unchanged.
   *
   * @return the index of the next character
   */
  private int read(String text, int from, StringBuilder out) {
    int end = from;
    try {
      end = tokenizer.acceptRun(text, from);
      if (end == from) {
        end++;
        held.append(text.charAt(from));
        tokenizer.accept(text.charAt(from));
      } else if (tokenizer.isInTag() || held.length() > 0) {
        held.append(text, from, end);
      } else if (!page.isForCounts()) {
        out.append(text, from, end);
      }
    } catch (RuntimeException e) {
      over = true;
      LOG.log(Level.WARNING, "The forms of a page cannot be read; the rest passes as it is", e);
    }
    return end;
  }

  @Override
  public void end(StringBuilder out) {
    out.append(held);
    held.setLength(0);
    out.append(over ? "" : field());
    page.finished(over || collector.isOver() ? null : collector.forms());
  }

  @Override
  public void giveUp(StringBuilder out) {
    over = true;
    out.append(held);
    held.setLength(0);
    page.finished(null);
  }

  @Override
  public void startTag(StartTag tag) {
    FormStartTag before = collector.open();
    collector.startTag(tag);
    FormStartTag started = collector.open();
    if (tag.name().equals("meta")) {
      noteCharset(tag);
    } else if (page.mayHaveLinks() && tag.name().equals("a") && !collector.isInert()) {
      String href = collector.text(tag, "href");
      String parameter = href == null ? null : page.parameterOfLink(collector.base(), href);
      if (parameter != null) {
        LinkAttribute.append(held, "href", parameter, "", page.query());
      }
    } else if (awaiting && leadsElsewhere(tag)) {
      // One of its buttons would send the token to another server.
      awaiting = false;
    } else if (isButton(tag) && !collector.isInert()) {
      completeButton(tag);
    } else if (started != null && before == null) {
      place(new FormSnapshot(started, Collections.emptyList(), Collections.emptyList()));
    }
  }

  private void place(FormSnapshot start) {
    TokenPlace place = page.placeOf(start);
    awaiting = place == TokenPlace.FIELD;
    String path = start.action().isEmpty() ? page.pathUnder(collector.base()) : "";
    if (place == TokenPlace.QUERY && path != null) {
      String parameter = page.parameter(collector.count() - 1, start, false);
      LinkAttribute.append(held, "action", parameter, path, page.query());
    }
  }

  private boolean isButton(StartTag tag) {
    String type = String.valueOf(tag.raw("type")).toLowerCase(Locale.ROOT);
    return tag.name().equals("button")
        ? !type.equals("button") && !type.equals("reset")
        : tag.name().equals("input") && (type.equals("submit") || type.equals("image"));
  }

  /**
   * Adds the token to the address of a button that overrides the address of its form, where the
   * form has no field with the token: because it is submitted by GET, has no protected target, or
   * has the token in its own address.
   */
  private void completeButton(StartTag tag) {
    String formaction = collector.text(tag, "formaction");
    String method = tag.raw("formmethod");
    String own = formaction == null || formaction.isEmpty() ? null : formaction.trim();
    FormStartTag owner = own == null && method == null ? null : collector.ownerOf(tag);
    boolean posts =
        owner != null && (method == null ? owner.method : method).equalsIgnoreCase("post");
    if (owner == null || !posts || hasField(owner) || (own == null && !isAscii(owner.action))) {
      return;
    }
    String target = own == null ? owner.target(page.whole()) : owner.targetOf(page.whole(), own);
    String parameter = page.parameterOfButton(collector.placeOfOwner(tag), target);
    String under = owner.action.isEmpty() ? page.pathUnder(collector.base()) : "";
    if (parameter == null || under == null) {
      return;
    }
    String[] action = owner.action.replaceFirst("#.*", "").split("\\?", 2);
    String query = action.length == 2 ? action[1] : owner.action.isEmpty() ? page.query() : null;
    LinkAttribute.append(held, "formaction", parameter, under + quoted(action[0]), query);
  }

  /** Returns whether a form has, or will have, the token in a field of its own. */
  private boolean hasField(FormStartTag form) {
    boolean isOpen = form.equals(collector.open());
    FormSnapshot start = new FormSnapshot(form, Collections.emptyList(), Collections.emptyList());
    return isOpen ? awaiting : page.placeOf(start) == TokenPlace.FIELD;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static String quoted(String path) {
    return path.replace("\"", "%22").replace("<", "%3C");
  }

  private boolean leadsElsewhere(StartTag tag) {
    boolean button = tag.name().equals("button") || tag.name().equals("input");
    String action = button ? collector.text(tag, "formaction") : null;
    return action != null && !action.isEmpty() && page.isElsewhere(collector.base(), action);
  }

  @Override
  public void endTag(String name) {
    if (name.equals("form") && !collector.isInert()) {
      // An XML element that ends with its start tag has no content.
      String field = held.indexOf("</") == 0 ? field() : "";
      held.insert(0, field);
      awaiting = false;
    }
    collector.endTag(name);
    awaiting &= collector.open() != null;
  }

  @Override
  public void text(char c) {
    collector.text(c);
  }

  @Override
  public void text(String part, int from, int to) {
    collector.text(part, from, to);
  }

  /** Returns the hidden field for the open form; empty if it gets none. */
  private String field() {
    FormSnapshot form = awaiting ? collector.last() : null;
    if (form == null) {
      return "";
    }
    if (form.field(SubmittedToken.NAME) != null) {
      page.placed(collector.count() - 1);
      return "";
    }
    String parameter = page.parameter(collector.count() - 1, form, true);
    int equals = parameter.indexOf('=');
    return "<input type=\"hidden\" name=\""
        + parameter.substring(0, equals)
        + "\" value=\""
        + parameter.substring(equals + 1)
        + (xml ? "\"/>" : "\">");
  }

  private void noteCharset(StartTag tag) {
    String said = tag.raw("charset");
    String content = tag.raw("content");
    String equiv = tag.raw("http-equiv");
    if (said == null
        && content != null
        && equiv != null
        && equiv.toLowerCase(Locale.ROOT).equals("content-type")) {
      Matcher charset = CHARSET.matcher(content);
      said = charset.find() ? charset.group(1) : null;
    }
    if (said != null) {
      try {
        units.noteCharset(Charset.forName(said.trim()));
      } catch (IllegalArgumentException e) {
        // Browsers do not recognize it either.
      }
    }
  }
}
