package io.github.conflictguard.html.token;

import org.jspecify.annotations.Nullable;

/**
 * A push tokenizer that finds the tags of a page by the rules of the HTML standard (13.2.5),
 * character by character: comments, scripts and other content that hides tags from a browser hide
 * them here too. Only the tag that is being read is kept. Not safe for use by several threads.
 */
public final class HtmlTokenizer {

  private final HtmlListener listener;
  private final boolean xml;
  private final boolean allTags;
  private final ElementNames heard;
  private final UnheardTags unheard;
  private final TagReader tags;
  private final MarkupDeclaration declarations;
  private final RawText raw = new RawText();
  private final NoscriptEnd endOfNoscript = new NoscriptEnd();
  private final ForeignContent foreign = new ForeignContent();
  private TokenizerState state = TokenizerState.TEXT;
  private boolean inNoscript;
  private int foreignDepthBefore;

  /**
   * Creates a tokenizer that reports forms, links, and the elements around the names of fields.
   *
   * @param xml whether the page is parsed as XHTML, which depends on its media type alone
   */
  public HtmlTokenizer(HtmlListener listener, boolean xml) {
    this(listener, xml, ReportedElements.ALL_REPORTED, false);
  }

  private HtmlTokenizer(HtmlListener listener, boolean xml, ElementNames heard, boolean allTags) {
    this.allTags = allTags;
    this.listener = listener;
    this.xml = xml;
    this.heard = heard;
    this.unheard = new UnheardTags(heard);
    this.tags = new TagReader(xml, this::tagOf);
    this.declarations = new MarkupDeclaration(listener, xml);
  }

  /**
   * Returns a tokenizer that reports only forms, and links where they matter: most of a page is
   * passed without being read in detail.
   *
   * @param xml whether the page is parsed as XHTML
   */
  public static HtmlTokenizer ofForms(HtmlListener listener, boolean xml, boolean links) {
    return new HtmlTokenizer(
        listener, xml, links ? ReportedElements.FORMS_AND_LINKS : ReportedElements.FORMS, false);
  }

  /** Returns a tokenizer of HTML that also reports tags that do not affect forms. */
  static HtmlTokenizer ofAllTags(HtmlListener listener) {
    return new HtmlTokenizer(listener, false, ReportedElements.ALL_REPORTED, true);
  }

  /** Reads the next characters of the page. */
  public void accept(CharSequence text) {
    String part = text.toString();
    int i = 0;
    while (i < part.length()) {
      int end = acceptRun(part, i);
      if (end == i) {
        accept(part.charAt(i));
        end = i + 1;
      }
      i = end;
    }
  }

  /**
   * Reads as many characters as can be read together because none of them can end the current
   * token: text with tags that are not reported, a comment, the value of an attribute.
   *
   * @return the index of the next character; the given one when no characters were read
   */
  public int acceptRun(String part, int from) {
    if (inNoscript && endOfNoscript.isBegun()) {
      return from;
    }
    switch (state) {
      case TEXT:
        return textRun(part, from);
      case QUOTED:
        int end = inNoscript ? from : endOfRun(part, tags.quote(), from);
        tags.valueRun(part, from, end);
        return end;
      case COMMENT:
        return inNoscript ? from : commentRun(part, from);
      case BOGUS:
        return inNoscript ? from : endOfRun(part, '>', from);
      default:
        return from;
    }
  }

  private int textRun(String part, int from) {
    if (raw.isNearEscape()) {
      return from;
    }
    raw.pass();
    int end = textToTag(part, from);
    while (end < part.length() && canPassTags()) {
      int behind = unheard.endOf(part, end);
      if (behind == end) {
        return end;
      }
      end = textToTag(part, behind);
    }
    return end;
  }

  private int textToTag(String part, int from) {
    int end = endOfRun(part, '<', from);
    if (end > from) {
      listener.text(part, from, end);
    }
    return end;
  }

  /** Returns whether a tag that is not reported has no effect at all. */
  private boolean canPassTags() {
    return !raw.isOpen() && !inNoscript && !xml && !allTags && foreign.depth() == 0;
  }

  private int commentRun(String part, int from) {
    int end = endOfRun(part, '>', from);
    declarations.commentRun(part, from, end);
    return end;
  }

  private static int endOfRun(String part, char end, int from) {
    int place = part.indexOf(end, from);
    return place < 0 ? part.length() : place;
  }

  /** Returns whether the characters since the last {@code <} can still begin a tag. */
  public boolean isInTag() {
    return state.inTag;
  }

  /** Reads the next character of the page. */
  public void accept(char c) {
    if (inNoscript && endOfNoscript.ends(c)) {
      // 13.2.5.3: what was left open in here concerns only browsers without scripts.
      raw.end();
      state = tags.continueEndTag(new StartTag("noscript"));
    }
    switch (state) {
      case TEXT:
        text(c);
        break;
      case OPEN:
        open(c);
        break;
      case END_OPEN:
        endOpen(c);
        break;
      case RAW_END:
        rawEnd(c);
        break;
      case DECLARATION:
      case COMMENT:
      case CDATA:
      case INSTRUCTION:
      case BOGUS:
        state = declarations.accept(state, c, foreign.isCurrent());
        break;
      case PLAIN:
        listener.text(c);
        break;
      default:
        tag(state, c);
    }
  }

  private void text(char c) {
    raw.follow(c);
    if (c == '<') {
      state = TokenizerState.OPEN;
    } else {
      listener.text(c);
    }
  }

  private void open(char c) {
    if (raw.isOpen()) {
      if (c == '/' && raw.canEnd()) {
        raw.beginEndTag(c);
        state = TokenizerState.RAW_END;
      } else {
        noTag("<", c);
      }
    } else if (c == '/') {
      state = TokenizerState.END_OPEN;
    } else if (c == '!') {
      state = declarations.begin();
    } else if (c == '?') {
      state = declarations.beginInstruction();
    } else if (Characters.isLetter(c)) {
      state = tags.begin(c, false);
    } else {
      noTag("<", c);
    }
  }

  private void endOpen(char c) {
    if (Characters.isLetter(c)) {
      state = tags.begin(c, true);
    } else {
      state = c == '>' ? TokenizerState.TEXT : TokenizerState.BOGUS;
    }
  }

  /** Reports as text what began like a tag. */
  private void noTag(String begun, char c) {
    state = TokenizerState.TEXT;
    for (int i = 0; i < begun.length(); i++) {
      listener.text(begun.charAt(i));
    }
    text(c);
  }

  /**
   * Returns null for elements that do not affect forms, so that their attributes need not be kept.
   */
  private @Nullable StartTag tagOf(CharSequence element) {
    if (xml || allTags || foreign.depth() > 0) {
      return new StartTag(element.toString());
    }
    String known = heard.find(element);
    return known == null ? null : new StartTag(known);
  }

  /** Reads text that only its own end tag ends. */
  private void rawEnd(char c) {
    if (raw.readName(c)) {
      return;
    }
    String ended = Characters.isSpace(c) || c == '/' || c == '>' ? raw.ended() : null;
    if (ended == null) {
      noTag("</" + raw.name(), c);
    } else {
      raw.end();
      state = tags.continueEndTag(new StartTag(ended));
      tag(state, c);
    }
  }

  private void tag(TokenizerState before, char c) {
    state = tags.accept(before, c);
    StartTag whole = state == TokenizerState.TEXT ? tags.tag() : null;
    if (whole == null) {
      return;
    }
    if (tags.isEnd()) {
      leave(whole.name());
      listener.endTag(whole.name());
      return;
    }
    enter(whole);
    listener.startTag(whole);
    if (xml && whole.isSelfClosing()) {
      listener.endTag(whole.name());
    }
  }

  private void enter(StartTag started) {
    if (xml) {
      return;
    }
    String element = started.name();
    if (!foreign.enter(started)) {
      return;
    }
    if (element.equals("noscript") && !inNoscript) {
      inNoscript = true;
      endOfNoscript.reset();
      foreignDepthBefore = foreign.depth();
    } else if (ReportedElements.isRaw(element)) {
      raw.begin(element);
    } else if (element.equals("plaintext")) {
      state = TokenizerState.PLAIN;
    }
  }

  private void leave(String element) {
    if (element.equals("noscript") && inNoscript) {
      inNoscript = false;
      foreign.leaveTo(foreignDepthBefore);
    } else {
      foreign.leave(element);
    }
  }
}
