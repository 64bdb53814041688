package io.github.conflictguard.html;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A push tokenizer that finds the tags of a page by the rules of the HTML standard (13.2.5),
 * character by character: comments, scripts and other content that hides tags from a browser hide
 * them here too. Only the tag that is being read is kept. Not safe for use by several threads.
 */
public final class HtmlTokenizer {

  /** Elements whose content a browser with scripts reads as text. */
  private static final Set<String> RAW =
      set("textarea title style xmp iframe noembed noframes script");

  /** The elements that affect forms, except links. */
  private static final String OF_FORMS =
      "form input select option optgroup textarea button base template noscript fieldset legend"
          + " datalist meta title style xmp iframe noembed noframes script plaintext svg math"
          + " foreignobject";

  /** The elements that matter only to the text around fields. */
  private static final String OF_TEXT =
      "label p div li dt dd td th br hr tr table thead tbody ul ol dl h1 h2 h3 h4 h5 h6 header nav"
          + " section main";

  private static final ElementNames FORMS = new ElementNames(OF_FORMS);

  private static final ElementNames FORMS_AND_LINKS = new ElementNames(OF_FORMS + " a");

  private static final ElementNames ALL_REPORTED = new ElementNames(OF_FORMS + " a " + OF_TEXT);

  /** The text at which a browser with scripts resumes reading tags, whatever precedes it. */
  private static final String END_OF_NOSCRIPT = "</noscript";

  /** The number of characters that determine whether a comment ends. */
  private static final int END_OF_COMMENT = 4;

  /** The characters that begin a comment inside of a script. */
  private static final String ESCAPING = "<!-";

  private final HtmlListener listener;
  private final boolean xml;
  private final boolean allTags;
  private final ElementNames heard;
  private final UnheardTags unheard;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder attribute = new StringBuilder();
  private final StringBuilder value = new StringBuilder();
  private final ForeignContent foreign = new ForeignContent();
  private State state = State.TEXT;
  private @Nullable StartTag tag;
  private @Nullable String raw;
  private ScriptEscapeState escape = ScriptEscapeState.NONE;
  private boolean isEnd;
  private char quote;
  private boolean inNoscript;
  private int foreignDepthBefore;

  /** The number of characters of the end of {@code noscript} that were read last. */
  private int endOfNoscript;

  /**
   * Creates a tokenizer that reports forms, links, and the elements around the text that names
   * fields.
   *
   * @param xml whether the page is parsed as XHTML, which depends on its media type, not its
   *     content
   */
  public HtmlTokenizer(HtmlListener listener, boolean xml) {
    this(listener, xml, ALL_REPORTED, false);
  }

  private HtmlTokenizer(HtmlListener listener, boolean xml, ElementNames heard, boolean allTags) {
    this.allTags = allTags;
    this.listener = listener;
    this.xml = xml;
    this.heard = heard;
    this.unheard = new UnheardTags(heard);
  }

  /**
   * Returns a tokenizer that reports only forms, and links where they matter: most of a page is
   * passed without being read in detail.
   *
   * @param xml whether the page is parsed as XHTML
   */
  public static HtmlTokenizer ofForms(HtmlListener listener, boolean xml, boolean links) {
    return new HtmlTokenizer(listener, xml, links ? FORMS_AND_LINKS : FORMS, false);
  }

  /** Returns a tokenizer of HTML that also reports tags that do not affect forms. */
  static HtmlTokenizer ofAllTags(HtmlListener listener) {
    return new HtmlTokenizer(listener, false, ALL_REPORTED, true);
  }

  void accept(CharSequence text) {
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
    if (inNoscript && endOfNoscript > 0) {
      return from;
    }
    switch (state) {
      case TEXT:
        return textRun(part, from);
      case QUOTED:
        int end = inNoscript ? from : endOfRun(part, quote, from);
        value.append(part, from, end);
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
    if (raw != null && raw.equals("script")) {
      char last = value.length() == 0 ? ' ' : value.charAt(value.length() - 1);
      if (escape != ScriptEscapeState.NONE || ESCAPING.indexOf(last) >= 0) {
        return from;
      }
      // An escape inside of a script begins with the next one of these.
      value.setLength(0);
    }
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
    return raw == null && !inNoscript && !xml && !allTags && foreign.depth() == 0;
  }

  private int commentRun(String part, int from) {
    int end = endOfRun(part, '>', from);
    int kept = Math.max(from, end - END_OF_COMMENT);
    if (kept > from) {
      value.setLength(0);
    }
    for (int i = kept; i < end; i++) {
      keep(part.charAt(i), END_OF_COMMENT);
    }
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

  /** Returns whether an element that starts now belongs to SVG or MathML content. */
  boolean isForeign() {
    return foreign.isCurrent();
  }

  /** Returns the number of characters of the tag that are kept. */
  int kept() {
    return name.length() + attribute.length() + value.length();
  }

  /** Reads the next character of the page. */
  public void accept(char c) {
    if (inNoscript && endsNoscript(c)) {
      // 13.2.5.3: what was left open in here concerns only browsers without scripts.
      raw = null;
      escape = ScriptEscapeState.NONE;
      name.setLength(0);
      value.setLength(0);
      attribute.setLength(0);
      tag = new StartTag("noscript");
      isEnd = true;
      state = State.BEFORE_ATTRIBUTE;
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
      case NAME:
        name(c);
        break;
      case RAW_END:
        rawEnd(c);
        break;
      case BEFORE_ATTRIBUTE:
      case AFTER_VALUE:
        beforeAttribute(c);
        break;
      case ATTRIBUTE:
        attribute(c);
        break;
      case AFTER_ATTRIBUTE:
        afterAttribute(c);
        break;
      case BEFORE_VALUE:
        beforeValue(c);
        break;
      case QUOTED:
        quoted(c);
        break;
      case UNQUOTED:
        unquoted(c);
        break;
      case SLASH:
        slash(c);
        break;
      case DECLARATION:
        declaration(c);
        break;
      case COMMENT:
        comment(c);
        break;
      case CDATA:
        cdata(c);
        break;
      case INSTRUCTION:
        instruction(c);
        break;
      case BOGUS:
        bogus(c);
        break;
      case PLAIN:
        listener.text(c);
        break;
    }
  }

  /** Follows the end tag; returns whether the character is the first one after its name. */
  private boolean endsNoscript(char c) {
    if (endOfNoscript == END_OF_NOSCRIPT.length()) {
      endOfNoscript = 0;
      return isSpace(c) || c == '/' || c == '>';
    }
    boolean next = lower(c) == END_OF_NOSCRIPT.charAt(endOfNoscript);
    endOfNoscript = next ? endOfNoscript + 1 : c == '<' ? 1 : 0;
    return false;
  }

  private void text(char c) {
    if (raw != null && raw.equals("script")) {
      escape = escape.after(c, value);
    }
    if (c == '<') {
      state = State.OPEN;
      name.setLength(0);
    } else {
      listener.text(c);
    }
  }

  private void open(char c) {
    if (raw != null) {
      if (c == '/' && escape != ScriptEscapeState.DOUBLE) {
        state = State.RAW_END;
        escape = escape.after(c, value);
      } else {
        noTag("<", c);
      }
    } else if (c == '/') {
      state = State.END_OPEN;
    } else if (c == '!') {
      state = State.DECLARATION;
    } else if (c == '?') {
      value.setLength(0);
      state = xml ? State.INSTRUCTION : State.BOGUS;
    } else if (isLetter(c)) {
      tag = null;
      name.append(lower(c));
      state = State.NAME;
      isEnd = false;
    } else {
      noTag("<", c);
    }
  }

  private void endOpen(char c) {
    if (isLetter(c)) {
      isEnd = true;
      tag = null;
      name.append(lower(c));
      state = State.NAME;
    } else if (c == '>') {
      state = State.TEXT;
    } else {
      state = State.BOGUS;
      bogus(c);
    }
  }

  /** Reports as text what began like a tag. */
  private void noTag(String begun, char c) {
    state = State.TEXT;
    for (int i = 0; i < begun.length(); i++) {
      listener.text(begun.charAt(i));
    }
    text(c);
  }

  private void name(char c) {
    if (isSpace(c) || c == '/' || c == '>') {
      tag = tagOf(name);
      name.setLength(0);
      state = State.BEFORE_ATTRIBUTE;
      beforeAttribute(c);
    } else {
      name.append(lower(c));
    }
  }

  /**
   * Returns null for elements that do not affect forms, so that their attributes need not be kept.
   */
  private @Nullable StartTag tagOf(StringBuilder element) {
    if (xml || allTags || foreign.depth() > 0) {
      return new StartTag(element.toString());
    }
    String known = heard.find(element);
    return known == null ? null : new StartTag(known);
  }

  /** Reads text that only its own end tag ends. */
  private void rawEnd(char c) {
    String awaited = raw == null ? "" : raw;
    if (isLetter(c) && name.length() < awaited.length()) {
      name.append(c);
      if (raw != null && raw.equals("script")) {
        escape = escape.after(c, value);
      }
    } else if ((isSpace(c) || c == '/' || c == '>')
        && awaited.equals(name.toString().toLowerCase(Locale.ROOT))) {
      raw = null;
      escape = ScriptEscapeState.NONE;
      value.setLength(0);
      isEnd = true;
      name.setLength(0);
      name.append(awaited);
      name(c);
    } else {
      noTag("</" + name, c);
    }
  }

  private void beforeAttribute(char c) {
    if (c == '>') {
      endOfTag();
    } else if (c == '/') {
      state = State.SLASH;
    } else if (isSpace(c)) {
      state = State.BEFORE_ATTRIBUTE;
    } else {
      attribute.setLength(0);
      value.setLength(0);
      attribute.append(lower(c));
      state = State.ATTRIBUTE;
    }
  }

  private void slash(char c) {
    if (c == '>') {
      if (tag != null) {
        tag.closeItself();
      }
      endOfTag();
    } else {
      beforeAttribute(c);
    }
  }

  private void attribute(char c) {
    if (isSpace(c)) {
      state = State.AFTER_ATTRIBUTE;
    } else if (c == '/' || c == '>') {
      endOfAttribute();
      beforeAttribute(c);
    } else if (c == '=') {
      state = State.BEFORE_VALUE;
    } else {
      attribute.append(lower(c));
    }
  }

  private void afterAttribute(char c) {
    if (c == '=') {
      state = State.BEFORE_VALUE;
    } else if (!isSpace(c)) {
      endOfAttribute();
      beforeAttribute(c);
    }
  }

  private void beforeValue(char c) {
    if (c == '"' || c == '\'') {
      quote = c;
      state = State.QUOTED;
    } else if (c == '>') {
      endOfAttribute();
      endOfTag();
    } else if (!isSpace(c)) {
      state = State.UNQUOTED;
      value.append(c);
    }
  }

  private void quoted(char c) {
    if (c == quote) {
      endOfAttribute();
      state = State.AFTER_VALUE;
    } else {
      value.append(c);
    }
  }

  private void unquoted(char c) {
    if (isSpace(c) || c == '>') {
      endOfAttribute();
      state = State.BEFORE_ATTRIBUTE;
      beforeAttribute(c);
    } else {
      value.append(c);
    }
  }

  private void endOfAttribute() {
    if (tag != null) {
      tag.add(attribute.toString(), value.toString());
    }
    attribute.setLength(0);
    value.setLength(0);
  }

  private void endOfTag() {
    state = State.TEXT;
    StartTag whole = tag;
    tag = null;
    if (whole == null) {
      return;
    }
    if (isEnd) {
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
      endOfNoscript = 0;
      foreignDepthBefore = foreign.depth();
    } else if (RAW.contains(element)) {
      raw = element;
      value.setLength(0);
    } else if (element.equals("plaintext")) {
      state = State.PLAIN;
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

  private void declaration(char c) {
    name.append(c);
    String begun = name.toString();
    if (begun.equals("--")) {
      value.setLength(0);
      state = State.COMMENT;
    } else if (begun.equals("[CDATA[") && (xml || foreign.isCurrent())) {
      value.setLength(0);
      state = State.CDATA;
    } else if (!"--".startsWith(begun) && !"[CDATA[".startsWith(begun)) {
      state = State.BOGUS;
      bogus(c);
    }
  }

  /** Reads a comment, keeping only the characters that can belong to its end. */
  private void comment(char c) {
    if (c == '>' && isEndOfComment()) {
      value.setLength(0);
      state = State.TEXT;
    } else {
      keep(c, END_OF_COMMENT);
    }
  }

  private boolean isEndOfComment() {
    String last = value.toString();
    return last.endsWith("--")
        || last.endsWith("--!")
        || (!xml && (last.isEmpty() || last.equals("-")));
  }

  /** Reads a CDATA section, in which an ampersand stands for itself. */
  private void cdata(char c) {
    if (c == '>' && value.toString().equals("]]")) {
      value.setLength(0);
      state = State.TEXT;
      return;
    }
    if (value.length() == 2) {
      char first = value.charAt(0);
      listener.text(first);
      for (int i = 0; first == '&' && i < "amp;".length(); i++) {
        listener.text("amp;".charAt(i));
      }
    }
    keep(c, 2);
  }

  private void instruction(char c) {
    if (c == '>' && value.toString().endsWith("?")) {
      state = State.TEXT;
    } else {
      keep(c, 3);
    }
  }

  private void keep(char c, int most) {
    if (value.length() == most) {
      value.deleteCharAt(0);
    }
    value.append(c);
  }

  private void bogus(char c) {
    if (c == '>') {
      state = State.TEXT;
    }
  }

  private char lower(char c) {
    return !xml && c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
  }

  private static Set<String> set(String words) {
    return new HashSet<>(Arrays.asList(words.split(" ", -1)));
  }

  private enum State {
    TEXT(false),
    OPEN(true),
    END_OPEN(true),
    NAME(true),
    RAW_END(true),
    BEFORE_ATTRIBUTE(true),
    ATTRIBUTE(true),
    AFTER_ATTRIBUTE(true),
    BEFORE_VALUE(true),
    QUOTED(true),
    AFTER_VALUE(true),
    UNQUOTED(true),
    SLASH(true),
    DECLARATION(false),
    COMMENT(false),
    CDATA(false),
    INSTRUCTION(false),
    BOGUS(false),
    PLAIN(false);

    final boolean inTag;

    State(boolean inTag) {
      this.inTag = inTag;
    }
  }
}
