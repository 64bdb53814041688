package org.jsoup.parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;

/** The tags that jsoup's tokenizer finds while jsoup's tree decides what is text. */
public final class JsoupTags {

  private JsoupTags() {}

  /** Returns start tags with their attributes, end tags, and the text in front of each. */
  public static List<String> of(String page) {
    Recorder recorder = new Recorder();
    Jsoup.parse(page, "", new Parser(recorder));
    return recorder.found;
  }

  /** Returns one start tag as text. */
  public static String start(String name, Map<String, String> attributes, boolean selfClosing) {
    return '<' + name + ' ' + attributes + (selfClosing ? "/>" : ">");
  }

  private static final class Recorder extends HtmlTreeBuilder {

    final List<String> found = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Called inside of itself for tags that the page does not have. */
    @Override
    protected boolean process(Token token) {
      if (depth == 0) {
        record(token);
      }
      depth++;
      try {
        return super.process(token);
      } finally {
        depth--;
      }
    }

    private void record(Token token) {
      if (token instanceof Token.StartTag) {
        Token.StartTag tag = (Token.StartTag) token;
        Map<String, String> attributes = new LinkedHashMap<>();
        if (tag.attributes != null) {
          for (Attribute attribute : tag.attributes) {
            attributes.putIfAbsent(
                attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
          }
        }
        add(start(tag.normalName(), attributes, tag.isSelfClosing()));
      } else if (token instanceof Token.EndTag) {
        add("</" + ((Token.EndTag) token).normalName() + '>');
      } else if (token instanceof Token.Character) {
        text.append(((Token.Character) token).getData());
      }
    }

    private void add(String tag) {
      found.add(text + tag);
      text.setLength(0);
    }
  }
}
