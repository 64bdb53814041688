package io.github.conflictguard.servlet.form;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tags of a page, character by character as it comes, by the rules of the HTML standard
 * (13.2.5): comments, scripts and what else hides tags from a browser hide them here too. Nothing
 * is kept but the tag that is being read. For one thread.
 */
final class HtmlTokenizer {

  /** A browser with scripts reads what is between these as text. */
  private static final Set<String> RAW =
      set("textarea title style xmp iframe noembed noframes script");

  /** Where a browser with scripts goes on reading tags, whatever stands in front of it. */
  private static final String END_OF_NOSCRIPT = "</noscript";

  private final HtmlListener listener;
  private final boolean xml;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder attribute = new StringBuilder();
  private final StringBuilder value = new StringBuilder();
  private final ForeignContent foreign = new ForeignContent();
  private State state = State.TEXT;
  private @Nullable Tag tag;
  private @Nullable String raw;
  private Escape escape = Escape.NONE;
  private boolean isEnd;
  private char quote;
  private boolean inNoscript;
  private int foreignDepthBefore;

  /** How much of the end of {@code noscript} was read last. */
  private int endOfNoscript;

  /**
   * Begins.
   *
   * @param xml whether the page is XHTML and read as such, which its media type decides and not its
   *     looks
   */
  HtmlTokenizer(HtmlListener listener, boolean xml) {
    this.listener = listener;
    this.xml = xml;
  }

  void accept(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      accept(text.charAt(i));
    }
  }

  /** Whether what was read since the last {@code <} can still be the beginning of a tag. */
  boolean isInTag() {
    return state.inTag;
  }

  /** Whether an element that starts now belongs to a drawing or a formula. */
  boolean isForeign() {
    return foreign.isCurrent();
  }

  /** How much of the tag is kept. */
  int kept() {
    return name.length() + attribute.length() + value.length();
  }

  void accept(char c) {
    if (inNoscript && isEndOfNoscript(c)) {
      // 13.2.5.3: what was open in here is a matter of browsers without scripts.
      raw = null;
      escape = Escape.NONE;
      name.setLength(0);
      value.setLength(0);
      attribute.setLength(0);
      tag = new Tag("noscript");
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

  private boolean isEndOfNoscript(char c) {
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
      if (c == '/' && escape != Escape.DOUBLE) {
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

  /** What began like a tag is text. */
  private void noTag(String begun, char c) {
    state = State.TEXT;
    for (int i = 0; i < begun.length(); i++) {
      listener.text(begun.charAt(i));
    }
    text(c);
  }

  private void name(char c) {
    if (isSpace(c) || c == '/' || c == '>') {
      tag = new Tag(name.toString());
      name.setLength(0);
      state = State.BEFORE_ATTRIBUTE;
      beforeAttribute(c);
    } else {
      name.append(lower(c));
    }
  }

  /** Inside of text that only its own end tag ends. */
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
      escape = Escape.NONE;
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
    Tag whole = tag;
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

  private void enter(Tag started) {
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

  /** What was read last is kept as far as it can be the end. */
  private void comment(char c) {
    if (c == '>' && isEndOfComment()) {
      value.setLength(0);
      state = State.TEXT;
    } else {
      keep(c, 4);
    }
  }

  private boolean isEndOfComment() {
    String last = value.toString();
    return last.endsWith("--")
        || last.endsWith("--!")
        || (!xml && (last.isEmpty() || last.equals("-")));
  }

  /** In here an ampersand is one. */
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
